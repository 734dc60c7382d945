#include "app/cli/run_cli.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "app/cli/command.h"
#include "core/base/nearest.h"
#include "core/base/printable.h"
#include "core/base/user_files.h"
#include "core/base/version.h"

namespace headroom {
namespace {

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
      "2 bad usage or input (of --jsonl one line), --check without a capacity included, 3 a file, the output or the\n"
      "network failed.\n";
  return text;
}

std::string commandHelp(const Command& command, const Options& options) {
  std::string text = fmt::format("{}\n\n", command.summary());
  std::string_view examples = command.examples();
  while (!examples.empty()) {
    const std::size_t end = std::min(examples.find('\n'), examples.size());
    text += fmt::format("  {}\n", examples.substr(0, end));
    examples.remove_prefix(std::min(end + 1, examples.size()));
  }
  return text + "\n" + options.help();
}

// A mistake in a user's own catalogue file costs its entry and nothing else, so it is said beside the answer.
void warnOfUserFiles(Streams& streams) {
  for (const Error& wrong : userFileWarnings()) say(streams, "headroom-cli: warning: " + wrong.text());
}

int runCommand(Command& command, const std::vector<std::string>& args, Streams& streams) {
  Options options(command.name());
  command.addOptions(options);
  const Result<bool> help = options.parse(args);
  if (!help) {
    say(streams, "headroom-cli: " + help.error().text());
    say(streams, fmt::format("See `headroom-cli {} --help`.", command.name()));
    return kUsage;
  }
  if (*help) {
    streams.out << commandHelp(command, options);
    return kDone;
  }
  const Result<int> done = command.run(streams);
  warnOfUserFiles(streams);
  if (done) return *done;
  say(streams, "headroom-cli: " + done.error().text());
  return exitCodeOf(done.error().code);
}

int dispatch(const std::vector<std::string>& args, Streams& streams) {
  const std::vector<std::unique_ptr<Command>> commands = allCommands();
  if (args.empty()) {
    streams.err << helpText(commands);
    return kUsage;
  }
  std::vector<std::string> rest(args.begin() + 1, args.end());
  std::string name = args.front();
  if (name == "--version") {
    streams.out << "headroom-cli " << headroomVersion() << "\n";
    return kDone;
  }
  if (name == "--help" || name == "-h" || name == "help") {
    if (rest.empty()) {
      streams.out << helpText(commands);
      return kDone;
    }
    name = rest.front();
    rest = {"--help"};
  }
  for (const auto& c : commands)
    if (c->name() == name) return runCommand(*c, rest, streams);
  std::vector<std::string_view> names;
  for (const auto& c : commands) names.push_back(c->name());
  say(streams,
      fmt::format("headroom-cli: '{}' is not a command.{} See `headroom-cli --help`.", name, didYouMean(name, names)));
  return kUsage;
}

}  // namespace

void say(const Streams& streams, std::string_view message) {
  // A path may be longer than a message; what is wrong with it stands behind it.
  constexpr std::size_t kMost = 1800, kFirst = 1200;
  if (message.size() <= kMost) return void(streams.err << printable(message) << '\n');
  const auto inside = [&](std::size_t at) { return (static_cast<unsigned char>(message[at]) & 0xC0) == 0x80; };
  std::size_t first = kFirst, last = message.size() - (kMost - kFirst);
  while (first > 0 && inside(first)) --first;
  while (last < message.size() && inside(last)) ++last;
  streams.err << printable(message.substr(0, first)) << " … " << printable(message.substr(last)) << '\n';
}

int runCli(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err) {
  Streams streams{in, out, err};
  const int code = dispatch(args, streams);
  // A full disk shows only here: what was written may still stand in a buffer.
  if (out.flush()) return code;
  say(streams, "headroom-cli: The output could not be written; the disk is full, or nobody reads it.");
  return kFileFailed;
}

}  // namespace headroom
