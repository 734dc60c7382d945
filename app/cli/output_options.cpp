#include "app/cli/output_options.h"

namespace headroom {

void OutputOptions::add(Options& options) {
  options.heading("Output");
  options.choice("format", format_, reportFormatNames(), "FORMAT", "table, json, csv, md or latex");
  options.choice("unit", unit_, {"gib", "gb"}, "UNIT", "gib or gb, of the tables; machine formats hold bytes");
}

}  // namespace headroom
