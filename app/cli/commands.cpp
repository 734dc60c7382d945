#include "app/cli/command.h"

namespace headroom {

// A new command: its maker is declared here and stands in the list below.
std::unique_ptr<Command> makeEstimateCommand();
std::unique_ptr<Command> makeExplainCommand();
std::unique_ptr<Command> makeLimitsCommand();
std::unique_ptr<Command> makeCompareCommand();
std::unique_ptr<Command> makeSweepCommand();
std::unique_ptr<Command> makeMapCommand();
std::unique_ptr<Command> makeDevicesCommand();
std::unique_ptr<Command> makePlanCommand();
std::unique_ptr<Command> makeAdviceCommand();
std::unique_ptr<Command> makeInspectCommand();
std::unique_ptr<Command> makeModelsCommand();
std::unique_ptr<Command> makeGpusCommand();
std::unique_ptr<Command> makeValidateCommand();
std::unique_ptr<Command> makeMeasureCommand();
std::unique_ptr<Command> makeReadCommand();
std::unique_ptr<Command> makeRecipeCommand();
std::unique_ptr<Command> makeReportCommand();
std::unique_ptr<Command> makeLinkCommand();
std::unique_ptr<Command> makeCompletionCommand();

std::vector<std::unique_ptr<Command>> allCommands() {
  std::unique_ptr<Command> (*const makers[])() = {
      makeEstimateCommand, makeExplainCommand, makeLimitsCommand, makeAdviceCommand,     makeDevicesCommand,
      makeCompareCommand,  makeSweepCommand,   makeMapCommand,    makePlanCommand,       makeReportCommand,
      makeLinkCommand,     makeInspectCommand, makeReadCommand,   makeRecipeCommand,     makeValidateCommand,
      makeMeasureCommand,  makeModelsCommand,  makeGpusCommand,   makeCompletionCommand,
  };
  std::vector<std::unique_ptr<Command>> commands;
  for (auto* make : makers) commands.push_back(make());
  return commands;
}

}  // namespace headroom
