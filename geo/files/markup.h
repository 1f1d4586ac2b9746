/** XML inside of zip archives, a chunk at a time: spreadsheets and documents of today. Internal to
 *  geo/files.
 *
 *  Names are local ones, without their prefix. No entities but XML's own are known, so that none
 *  can grow; what is read is counted as it comes out of the archive, whatever its directory states.
 */
#ifndef GAP_FILES_MARKUP_H
#define GAP_FILES_MARKUP_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char **names, **values;
} GapAttributes;

/** The value of an attribute, or NULL. */
const char *gap_markup_value(const GapAttributes *attributes, const char *name);
/** The same as a whole number from 1 to `most`, 1 where it is none. */
guint gap_markup_number(const GapAttributes *attributes, const char *name, guint most);

typedef struct {
    void (*start)(gpointer user, const char *name, const GapAttributes *attributes);
    void (*end)(gpointer user, const char *name);
    void (*text)(gpointer user, const char *text, gsize length); /**< no NUL; may be NULL */
} GapMarkupHandler;

typedef struct {
    const char *path, *shown; /**< of the archive */
    guint64 size, read;       /**< bytes of the archive, and of its members so far */
    bool full;                /**< a handler sets it: more than can be taken */
} GapPackage;

/** Whether the archive has that member. */
bool gap_package_has(const GapPackage *package, const char *member);
/** Reads a member. More than 512 MiB of the whole archive, or than a hundred times its size where
 *  that is over 64 MiB, or than a handler can take is an error; so is a member that is missing,
 *  damaged or not XML in UTF-8, elements nested deeper than 1,000, and 16 MiB without any.
 *  O(bytes), some 50 MB a second. */
bool gap_package_read(GapPackage *package, const char *member, const GapMarkupHandler *handler,
                      gpointer user, GError **error);

#endif
