// A server's arguments, read by its engine's table into a scenario. Internal to core/readers/commands.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/readers/commands/option_table.h"
#include "core/readers/commands/server_call.h"

namespace headroom {

// "8192", "0.9", and vLLM's "8k" (1000) and "8K" (1024), "k m g t" alike; nothing for anything else.
std::optional<double> humanNumber(std::string_view text);

class ArgumentReader {
 public:
  explicit ArgumentReader(const ServerCall& call);

  void read();
  Result<Reading> finish();

 private:
  using Json = nlohmann::ordered_json;
  using Position = std::size_t;

  // Walking the words.
  void option(Position& at);
  void bareWord(const std::string& word);
  void dotted(const std::string& word, Position& at);
  std::optional<std::string> valueAt(Position& at) const;
  bool isOption(const std::string& word) const;
  void variables();
  void settings();

  // What a value means (argument_values.cpp). False: it could not be read and is to be left out.
  bool take(const EngineOption& option, const std::string& value);
  bool takeNumber(const EngineOption& option, const std::string& value);
  bool takeFlag(const EngineOption& option, bool on);
  bool takeWeights(const std::string& value);
  bool takeFormat(std::string_view pointer, const std::string& value, bool cache);
  bool takeImages(const std::string& value);
  bool takeSpeculative(const std::string& value);
  bool takeDraftMethod(const std::string& value);
  bool takeShares(const std::string& value);
  bool takeOverride(const std::string& value);
  bool takeWord(const EngineOption& option, const std::string& value);

  // What is left when all is read (argument_finish.cpp).
  void finishModel();
  void finishLlamaCpp();
  void finishOverrides();
  void finishParallel();
  void finishAdapters();
  void finishSglangAdapters();
  // Values a scenario does not believe leave it, one after another, each with a word.

  void leaveOut(std::string text, bool matters);
  // An option without a key: by its own name among the engine's options, where the engine has such; else left out.
  void keepOption(const EngineOption& option, Json value);
  void remark(std::string code, Severity severity, std::string message);
  // The place of a key; what is no object on the way to it ("q8_0" where keys and values are told apart) gives way.
  Json& at(std::string_view pointer);
  bool has(std::string_view pointer) const { return out_.contains(Json::json_pointer(std::string(pointer))); }

  const ServerCall& call_;
  const OptionTable* table_ = nullptr;
  const OptionTable* also_ = nullptr;  // ik_llama.cpp's, which the program's name does not tell
  Json out_ = Json::object();
  Reading reading_;
  std::string model_, revision_, file_, written_;  // written_: the option being read, for what is left out
  std::string weightsAsked_;
  std::string overrides_, splitMode_;   // llama.cpp's -ot, one after another, and -sm
  std::map<std::string, Json> nested_;  // by option: what its dotted names say
  std::optional<std::int64_t> logicalBatch_;
  bool everyExpert_ = false, servesAdapters_ = false, splitNone_ = false, slotsGiven_ = false, wholeContext_ = false,
       namesAdapters_ = false;
};

}  // namespace headroom
