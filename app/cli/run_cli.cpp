#include "app/cli/run_cli.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "app/cli/command.h"
#include "core/scenario/nearest.h"

namespace headroom {
namespace {

constexpr std::string_view kVersion = HEADROOM_VERSION;

int exitCodeOf(ErrorCode code) {
  const bool file = code == ErrorCode::not_found || code == ErrorCode::io || code == ErrorCode::network;
  return file ? kFileFailed : kUsage;
}

std::string helpText(const std::vector<std::unique_ptr<Command>>& commands) {
  std::string text =
      "How much accelerator memory a language model needs, byte by byte.\n\n"
      "  headroom-cli estimate --model meta-llama/Llama-3.1-8B --engine vllm --gpu l4\n"
      "  headroom-cli estimate --model meta-llama/Llama-3.1-8B --workload qlora --gpu rtx-4090 --check\n"
      "  headroom-cli explain scenario.headroom.json\n"
      "  headroom-cli inspect path/to/config.json\n\n"
      "Commands:\n";
  for (const auto& c : commands) text += fmt::format("  {:10} {}\n", c->name(), c->summary());
  text +=
      "\n`headroom-cli COMMAND --help` shows a command's options. Exit codes: 0 done, 1 does not fit (--check),\n"
      "2 bad usage or input, 3 a file or the network failed.\n";
  return text;
}

std::string commandHelp(const Command& command, const CLI::App& app) {
  std::string text = fmt::format("{}\n\n", command.summary());
  std::string_view examples = command.examples();
  while (!examples.empty()) {
    const std::size_t end = std::min(examples.find('\n'), examples.size());
    text += fmt::format("  {}\n", examples.substr(0, end));
    examples.remove_prefix(std::min(end + 1, examples.size()));
  }
  return text + "\n" + app.help();
}

// The flag nobody knows, with the nearest one that the command has.
std::string unknownFlag(const CLI::App& app, const std::string& message) {
  std::string extra;
  for (const std::string& arg : app.remaining())
    if (arg.starts_with("-") && arg != "-") {
      extra = arg.substr(0, arg.find('='));
      break;
    }
  if (extra.empty()) return message;
  std::vector<std::string> names;
  for (const CLI::Option* o : app.get_options())
    for (const std::string& n : o->get_lnames()) names.push_back("--" + n);
  const std::vector<std::string_view> views(names.begin(), names.end());
  return fmt::format("'{}' is not an option of this command.{}", extra, didYouMean(extra, views));
}

int runCommand(Command& command, const std::vector<std::string>& args, Streams& streams) {
  CLI::App app("", fmt::format("headroom-cli {}", command.name()));
  app.get_formatter()->column_width(36);
  const auto refuse = [&](const std::string& message) {
    streams.err << "headroom-cli: " << message << "\nSee `headroom-cli " << command.name() << " --help`.\n";
    return kUsage;
  };
  try {
    command.addOptions(app);
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::CallForHelp&) {
    streams.out << commandHelp(command, app);
    return kDone;
  } catch (const CLI::ExtrasError& e) {
    return refuse(unknownFlag(app, e.what()));
  } catch (const CLI::Error& e) {
    return refuse(e.what());
  }
  const Result<int> done = command.run(streams);
  if (done) return *done;
  streams.err << "headroom-cli: " << done.error().text() << "\n";
  return exitCodeOf(done.error().code);
}

}  // namespace

int runCli(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err) {
  Streams streams{in, out, err};
  const std::vector<std::unique_ptr<Command>> commands = allCommands();
  if (args.empty()) {
    err << helpText(commands);
    return kUsage;
  }
  std::vector<std::string> rest(args.begin() + 1, args.end());
  std::string name = args.front();
  if (name == "--version") {
    out << "headroom-cli " << kVersion << "\n";
    return kDone;
  }
  if (name == "--help" || name == "-h" || name == "help") {
    if (rest.empty()) {
      out << helpText(commands);
      return kDone;
    }
    name = rest.front();
    rest = {"--help"};
  }
  for (const auto& c : commands)
    if (c->name() == name) return runCommand(*c, rest, streams);
  std::vector<std::string_view> names;
  for (const auto& c : commands) names.push_back(c->name());
  err << fmt::format("headroom-cli: '{}' is not a command.{} See `headroom-cli --help`.\n", name, didYouMean(name, names));
  return kUsage;
}

}  // namespace headroom
