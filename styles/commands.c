#include "styles/commands.h"
#include "styles/cmd.h"
#include "styles/text.h"

const GapCommand *const gap_styles_commands[] = {&gap_cmd_render, NULL};

bool gap_styles_check_fonts(FILE *out) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapFonts) fonts = gap_fonts_new(&error);
    return gap_doctor_line(out, fonts != NULL, "%s", fonts ? "fonts: Noto Sans" : error->message);
}
