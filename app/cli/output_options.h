// --format and --unit.
#pragma once

#include <string>

#include "app/cli/options.h"
#include "core/report/estimate_report.h"

namespace headroom {

class OutputOptions {
 public:
  void add(Options& options);
  ReportFormat format() const { return *reportFormat(format_.empty() ? "table" : format_); }
  ByteUnit unit() const { return unit_ == "gb" ? ByteUnit::gb : ByteUnit::gib; }
  // Whether the words were said.
  bool asksFormat() const { return !format_.empty(); }
  bool asksUnit() const { return !unit_.empty(); }

 private:
  std::string format_, unit_;  // empty: tables, in GiB
};

}  // namespace headroom
