// --format and --unit.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "core/report/estimate_report.h"

namespace headroom {

class OutputOptions {
 public:
  void add(CLI::App& app);
  ReportFormat format() const { return *reportFormat(format_); }
  ByteUnit unit() const { return unit_ == "gb" ? ByteUnit::gb : ByteUnit::gib; }

 private:
  std::string format_ = "table", unit_ = "gib";
};

}  // namespace headroom
