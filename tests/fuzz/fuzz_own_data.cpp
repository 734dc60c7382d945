// Any bytes as a user's own file, of models, accelerators or measured runs, end in entries or in what is wrong with
// them.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/evidence/measured_run.h"
#include "core/hardware/own_accelerators.h"
#include "core/open/own_models.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::vector<headroom::UserFile> files{{"fuzz.json", std::string(text)}};
  (void)headroom::readOwnModels(files);
  (void)headroom::readOwnAccelerators(files);
  (void)headroom::readMeasuredRuns(text, "fuzz");
  return 0;
}
