// The run that llama.cpp starts of a question once --fit has had its say.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/llama_cpp/fit.h"
#include "core/estimate/serving/llama_cpp/terms.h"

namespace headroom::llama {

struct FittedRun {
  FitStep step = FitStep::nothing;
  std::optional<Scenario> question;                  // as it is then started; none: as it was asked
  std::shared_ptr<const TensorOverrides> overrides;  // the tensors it leaves elsewhere; none: whole layers alone
  std::int64_t cells = 0, askedCells = 0;            // of all sequences together
  std::int64_t layers = 0, onDevices = 0;            // with the output, which counts as one
  std::int64_t expertLayers = 0;  // layers on devices whose experts lie on the host, all of them or a part
  // Of the runs of that question.
  Arrange arranged(const Arrange& own) const;
};

// Of a question whose ranks, in the order of devices, hold what it takes as asked. margin: bytes that stay free on
// every device where fit_target says nothing.
FittedRun fittedRun(const EstimateContext& context, const Arrange& arrange, std::int64_t margin);

// What it chose, as settings with their reasons, and the diagnostics that say so.
void reportFit(EstimateContext& context, const FittedRun& fitted, std::string_view engine);

}  // namespace headroom::llama
