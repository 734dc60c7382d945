// A command of headroom-cli: its options and what it does. One file per command; commands.cpp lists them.
#pragma once

#include <iosfwd>
#include <memory>
#include <string_view>
#include <vector>

#include "app/cli/options.h"
#include "core/base/result.h"

namespace headroom {

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// A message for people on the error stream; what it repeats of the input cannot steer a terminal.
void say(const Streams& streams, std::string_view message);

constexpr int kDone = 0, kDoesNotFit = 1, kUsage = 2, kFileFailed = 3;

class Command {
 public:
  virtual ~Command() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view summary() const = 0;   // one line of `headroom-cli --help`
  virtual std::string_view examples() const = 0;  // whole command lines, one a line; --help shows them first
  virtual void addOptions(Options& options) = 0;
  // Runs with the parsed options; returns the exit code.
  virtual Result<int> run(Streams& streams) = 0;
};

// Every command, in the order in which help shows them.
std::vector<std::unique_ptr<Command>> allCommands();

}  // namespace headroom
