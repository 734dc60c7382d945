// Result<T>: how everything that can fail because of the outside world (files, JSON, names, the network) reports it.
// A programmer's error is an assert, a doubtful question is a Diagnostic inside the Estimate; neither comes this way.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace headroom {

enum class ErrorCode {
  usage,         // the command line or a call was not understood
  syntax,        // the bytes are not what the format demands
  value,         // well formed, but a value is impossible (0 heads, batch of 10^12)
  unknown_name,  // a key, id or format nobody knows
  unsupported,   // understood, but outside what Headroom can answer
  not_found,     // no such file or entry
  io,            // the file system failed or refused
  network,       // the hub could not be reached or refused
};

struct Error {
  ErrorCode code = ErrorCode::value;
  std::string message;  // one sentence that says what is wrong and what to do
  std::string where;    // file, JSON pointer, line and column, or byte offset; empty where there is none

  // "where: message", or the message alone.
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

}  // namespace headroom
