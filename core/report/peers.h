// Headroom beside its peers: jobs that other calculators have answered, what is true, and how far off everybody is.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/report/estimate_report.h"

namespace headroom {

struct PeerAnswer {
  std::string peer;
  std::string source;  // where the peer's program or formula is
  double bytes = 0;
  double error = 0;  // bytes ÷ truth − 1
};

struct PeerJob {
  std::string title, figure;
  double truth = 0;  // bytes
  std::string truthSource;
  std::string scenario;        // JSON text for readScenario
  double ours = 0, error = 0;  // Headroom's own answer, estimated now
  std::vector<PeerAnswer> answers;
};

// The jobs of resources/measured/peers.json with Headroom's own answers. Errors: a broken resource, which is a defect.
Result<std::vector<PeerJob>> peerComparison();

// A row per job: what is true, Headroom's answer and error, and every peer's error.
std::string peerTable(const std::vector<PeerJob>& jobs, ReportFormat format, ByteUnit unit);

}  // namespace headroom
