// The options of one command: a thin face of CLI11, which only options.cpp includes because it is large to compile.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace CLI {
class App;
}

namespace headroom {

// Every variable is set by parse() and must outlive it. Names of flags come without the dashes.
class Options {
 public:
  explicit Options(std::string_view command);
  ~Options();

  // The options added after it stand under this heading of the help text.
  void heading(std::string_view text) { heading_ = text; }

  void argument(std::string_view name, std::string& value, std::string_view help, bool required = false);
  void arguments(std::string_view name, std::vector<std::string>& values, std::string_view help);
  void text(std::string_view flag, std::string& value, std::string_view valueName, std::string_view help);
  void number(std::string_view flag, std::size_t& value, std::string_view valueName, std::string_view help);
  // May be given several times; values are collected.
  void texts(std::string_view flag, std::vector<std::string>& values, std::string_view valueName,
             std::string_view help);
  // One of `known`, in any case.
  void choice(std::string_view flag, std::string& value, std::vector<std::string> known, std::string_view valueName,
              std::string_view help);
  void flag(std::string_view flag, bool& value, std::string_view help);
  // --flag sets "true", --no-flag "false".
  void onOff(std::string_view flag, std::vector<std::string>& value, std::string_view help);

  // Sets the variables; true where help was asked for instead. An unknown flag's error offers the nearest one.
  Result<bool> parse(const std::vector<std::string>& args);
  std::string help() const;
  // All flags with their dashes, sorted as they were added.
  std::vector<std::string> flags() const;

 private:
  Error unknown(const std::string& message) const;

  std::unique_ptr<CLI::App> app_;
  std::string heading_ = "Options";
};

}  // namespace headroom
