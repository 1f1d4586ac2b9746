#include "geo/text/version.h"

#include <glib.h>
#include <unicode/uversion.h>

const char *gap_text_version(void) {
    static char text[4 + U_MAX_VERSION_STRING_LENGTH] = "";
    if (!text[0]) {
        UVersionInfo version;
        char number[U_MAX_VERSION_STRING_LENGTH];
        u_getVersion(version);
        u_versionToString(version, number);
        g_snprintf(text, sizeof text, "ICU %s", number);
    }
    return text;
}
