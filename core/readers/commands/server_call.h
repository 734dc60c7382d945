// One start of a server, however it was written: the engine, its own arguments and variables. Internal to core/readers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

struct ServerCall {
  std::string engine;   // whose options these are: "vllm", "ik_llama.cpp", "ollama", …
  std::string program;  // as written: "vllm serve", an image's name
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<std::pair<std::string, std::string>> settings;  // of its configuration file: "kv_cache_config.dtype"
  std::string version;                                        // that an image's tag says; empty where none does
  bool positional = false;                                    // the first bare word is the model
  bool modelElsewhere = false;                                // a file of options that a command with the model names
  bool server = true;                                         // takes many requests at once, unlike llama-cli
  bool library = false;                                       // the model is a name of Ollama's or Docker's library
  std::int64_t usualContext = 0;  // what its launcher asks for where nobody does; 0: nothing
  std::int64_t usualPrefill = 0;  // the same of the tokens prefilled at a time
};

// Every server a command's words start, found by its program, module or image. Nothing runs, nothing is opened.
std::vector<ServerCall> serverCalls(const std::vector<std::string>& words,
                                    const std::vector<std::pair<std::string, std::string>>& environment);

// The call of an image with its own entry point; empty engine where the image is not known.
ServerCall callOfImage(std::string_view image);

// A program that serves models and is recognised, but has no account here; empty for any other word.
std::string_view unsupportedServer(const std::vector<std::string>& words);

// The call as a scenario. Errors: an engine without an account here, no model.
Result<Reading> readServerCall(const ServerCall& call);

}  // namespace headroom
