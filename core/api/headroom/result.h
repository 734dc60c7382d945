// How the library says that something outside the program failed: a file, a text, a name. Nothing throws.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace headroom::api {

// Why a call could not answer.
struct Failure {
  // "usage", "syntax", "value", "unknown-name", "unsupported", "not-found", "io" or "network".
  std::string code;
  std::string message;  // one sentence that says what is wrong and what to do
  std::string where;    // file, JSON pointer, line and column; empty where there is none
};

// A value, or why there is none. value() and operator* need a value, failure() needs a failure (std::get's contract).
template <typename T>
class Result {
 public:
  Result(T value) : held_(std::move(value)) {}
  Result(Failure failure) : held_(std::move(failure)) {}

  explicit operator bool() const { return held_.index() == 0; }
  const T& value() const { return std::get<0>(held_); }
  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }
  const Failure& failure() const { return std::get<1>(held_); }

 private:
  std::variant<T, Failure> held_;
};

}  // namespace headroom::api
