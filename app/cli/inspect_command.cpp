// headroom-cli inspect: what a model is, without asking what it needs.
#include "app/cli/command.h"
#include "app/cli/output_options.h"
#include "app/cli/scenario_options.h"
#include "core/report/inspect_report.h"

namespace headroom {
namespace {

class InspectCommand : public Command {
 public:
  std::string_view name() const override { return "inspect"; }
  std::string_view summary() const override {
    return "What a model is: parameters by group, layers, bytes of its weights.";
  }
  std::string_view examples() const override {
    return "headroom-cli inspect meta-llama/Llama-3.1-8B\n"
           "headroom-cli inspect path/to/config.json --weights Q4_K_M\n"
           "headroom-cli inspect model.gguf --format json";
  }

  void addOptions(Options& options) override {
    options.argument("MODEL", model_, "catalogue id, path (config.json, folder, *.safetensors, *.gguf) or hub:ORG/NAME",
                     true);
    options.text("weights", weights_, "FORMAT", "format of weight_bytes; as the checkpoint stores them if absent");
    options.flag("no-mla-cache", whole_,
                 "GGUF files of before 2025-04: the up-projection of latent attention is one tensor");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    WeightFormat format = AsStored{};
    if (!weights_.empty()) {
      const auto named = weightFormat(weights_);
      if (!named) return fail(ErrorCode::unknown_name, "'" + weights_ + "' is not a weight format.", "--weights");
      format = *named;
    }
    Scenario scenario;
    scenario.reference = modelArgument(model_);
    if (const Result<void> done = resolve(scenario); !done) return tl::unexpected(done.error());
    streams.out << (output_.format() == ReportFormat::json
                        ? inspectJson(*scenario.model, format, 2, !whole_) + "\n"
                        : inspectTable(*scenario.model, format, output_.format(), output_.unit(), !whole_));
    return kDone;
  }

 private:
  std::string model_, weights_;
  bool whole_ = false;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeInspectCommand() {
  return std::make_unique<InspectCommand>();
}

}  // namespace headroom
