// A scenario: what is asked. The same document that headroom and headroom-cli read and write (*.headroom.json).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <headroom/result.h>

namespace headroom::api {

// A scenario with its model resolved; immutable, cheap to copy, safe to share between threads.
class Scenario {
 public:
  // From JSON text in the schema of the scenario file (resources/schema/scenario.schema.json). Relative model paths
  // are taken from `folder`. Reads the catalogues and the files the scenario names; a hub model asks the network.
  // Fails on unknown keys, impossible values and models nobody knows, with the JSON pointer in `where`.
  static Result<Scenario> read(std::string_view json, const std::string& folder = {});
  static Result<Scenario> readFile(const std::string& path);
  // From whatever people paste: a launch command, a log, a recipe, a configuration, an id, a path. What was left out
  // stands in notes(). `model`: the model as JSON where the text names none ("\"org/name\"", {"config": {…}}).
  static Result<Scenario> recognise(std::string_view text, const std::string& folder = {}, std::string_view model = {});

  // The same with one key set: `key` dotted as in the file ("training.rank"), `json` the value as JSON ("16",
  // "\"bf16\""). Fails as read() does.
  Result<Scenario> with(std::string_view key, std::string_view json) const;

  // As JSON text with the model's own description; read(write()) is this scenario.
  std::string write() const;
  std::string modelId() const;
  // What was assumed or left alone while reading, a sentence each.
  std::vector<std::string> notes() const;

  struct Content;  // of the implementation
  explicit Scenario(std::shared_ptr<const Content> content);
  const Content& content() const { return *content_; }

 private:
  std::shared_ptr<const Content> content_;
};

}  // namespace headroom::api
