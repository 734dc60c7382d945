#include "app/cli/output_options.h"

namespace headroom {

void OutputOptions::add(CLI::App& app) {
  const auto known = [](const std::string& name) {
    return reportFormat(name) ? std::string() : "'" + name + "' is not a format; table, json, csv, md and latex are.";
  };
  app.add_option("--format", format_, "table, json, csv, md or latex")->check(known)->option_text("FORMAT")->group("Output");
  app.add_option("--unit", unit_, "gib or gb, of the tables; machine formats hold bytes")
      ->check(CLI::IsMember({"gib", "gb"}, CLI::ignore_case))
      ->option_text("UNIT")
      ->group("Output");
}

}  // namespace headroom
