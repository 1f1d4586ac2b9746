// The front door: the one file of the ground floor that looks up.
#include "geo/cli/command.h"
#include "layers/commands.h"
#include "styles/commands.h"

int main(int argc, char **argv) {
    const GapProgram program = {
        .name = "gapmap",
        .version = GAP_VERSION,
        .summary = "shows who is within reach of a police point, and who is not",
        .schema = gap_layers_schema(),
        .commands = {gap_layers_commands, gap_styles_commands, NULL},
        .titles = {"Data and analysis", "Maps"},
        .checks = {gap_styles_check_fonts},
    };
    return gap_program_main(&program, argc, argv);
}
