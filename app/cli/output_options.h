// --format and --unit.
#pragma once

#include <string>

#include "app/cli/options.h"
#include "core/report/estimate_report.h"

namespace headroom {

class OutputOptions {
 public:
  void add(Options& options);
  ReportFormat format() const { return *reportFormat(format_); }
  ByteUnit unit() const { return unit_ == "gb" ? ByteUnit::gb : ByteUnit::gib; }

 private:
  std::string format_ = "table", unit_ = "gib";
};

}  // namespace headroom
