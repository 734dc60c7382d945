// headroom --export and --report: a chart of a scenario as a picture, a report as a PDF, for scripts.
#pragma once

#include <QString>

namespace headroom::ui {

// Writes the chart `view` ("breakdown", "bar", "context", "compare", "evidence") of the scenario to `picture`; the
// file's ending says the format. scenario: may be empty for "evidence". "window" draws the whole window instead,
// "model" its Model page, always as PNG. Returns the exit code of DESIGN 3.2: 0 done, 2 bad usage or input, 3 a file
// failed; says why on stderr.
int exportCommand(const QString& scenario, const QString& picture, const QString& view);

// Writes the report (HTML; "-": standard input) to `pdf`. The same exit codes.
int reportCommand(const QString& page, const QString& pdf);

}  // namespace headroom::ui
