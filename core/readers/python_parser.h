// A reader of Python's statements for what they say of names and calls: nothing is run. Internal to core/readers.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/readers/python_calls.h"

namespace headroom {

class PythonParser {
 public:
  using Json = nlohmann::ordered_json;
  static constexpr std::size_t kMostCalls = 2000;
  static constexpr int kDeepest = 12;
  // A name may stand for a value of this many parts, a list may hold so many: names of names cannot grow without end.
  static constexpr std::size_t kMostKept = 160, kMostListed = 1000;

  explicit PythonParser(std::string_view text) : text_(text) {}

  std::vector<PythonCall> run();
  const std::map<std::string, Json, std::less<>>& values() const { return values_; }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  // Blanks, and inside brackets line ends and comments too.
  void blanks(bool lines);
  void keep(const std::string& name, const Json& value);
  // NAME += more, NAME.extend(more) of a list of words. What stands deeper than the list itself is there only if
  // something holds.
  void append(const std::string& name, const Json& more, std::size_t place);
  // A name with the members behind it: "torch.bfloat16".
  std::string name();
  // NAME = value, or an expression; only what it says of names and calls is kept.
  void statement();
  // def train(model_name, lora_r: int = 8): what a name is unless a call says otherwise, or an assignment did.
  void signature();
  // Passes what follows a value that is no plain one, up to a comma, a closing bracket or the line's end.
  void restOfExpression(bool inBrackets);
  std::optional<Json> text(bool raw);
  std::optional<Json> number();
  // A product or sum of plain numbers ("4 * 1024"); anything else behind a value makes it no plain one.
  std::optional<Json> expression(int depth, bool inBrackets);
  std::optional<Json> operand(int depth, bool inBrackets);
  // f"--port={port}" with the names that are known; one that is not leaves no plain text, but one that may be a
  // command.
  std::optional<Json> filled(std::string text);
  std::optional<Json> list(char close, int depth);
  std::optional<Json> dictionary(int depth);
  void call(const std::string& word, int depth);
  // NAME, or args.lora_r and script_args.lora_r of a parser's defaults
  const Json* lookup(std::string_view word) const;
  // NAME["key"]
  std::optional<Json> item(const Json* of, int depth);

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::string assigned_;
  std::map<std::string, Json, std::less<>> values_, fields_;
  std::map<std::string, std::size_t, std::less<>> begins_;                 // the columns of their assignments
  std::map<std::string, std::vector<std::string>, std::less<>> unreadOf_;  // computed keys of dict(…)
  std::string made_;                                                       // the last text with names that nobody knows
  std::vector<std::string> commands_;  // such texts with options in them, for the call that they stand in
  std::vector<PythonCall> calls_;
};

}  // namespace headroom
