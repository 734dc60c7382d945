// What the readers of log lines share: numbers with units, and the tables of lines. Internal to core/readers/logs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/readers/logs/log_reader.h"

namespace headroom::logs {

struct Number {
  double value = 0, step = 1;
  std::string_view rest;  // what follows
};

// "1,391,552", "14.9888", "-0.17" at the start of the text; blanks, ':', '=' and words such as "takes" are skipped.
std::optional<Number> numberAt(std::string_view text);
// The number (and unit) whose text ends where the phrase begins: "4.76 GiB for peak activation".
std::optional<Number> numberBefore(std::string_view text);
// Bytes of the unit that follows a number; nothing where none does.
std::optional<double> unitOf(std::string_view rest);

// Without colour codes and NUL bytes.
std::string withoutColours(std::string_view line);

// Torch's message of no memory in small letters, as chats make it, in its own; any other line as it is.
std::string inOwnLetters(std::string line);

// The server that wrote the lines: torch's message of one whose own lines are cut off has the files of its package in
// the call stack.
Engine serverOf(Engine engine, std::string_view text);

// Whether the process that torch's message lists last, before `end`, is the only one that can hold what the message
// says torch allocated.
bool isOwnProcess(std::string_view text, std::size_t end);

// "[2025-05-01 10:00:00]" or, of vLLM, "INFO 10-01 12:00:01", at a line's beginning: its date; empty where there is
// none.
std::string dateIn(std::string_view text);

// What stands in a line: a number right after the phrase, or right before it.
struct Pattern {
  Engine engine;
  std::string_view phrase;
  std::string_view figure;
  bool before = false;
  bool count = false;    // tokens, not bytes
  double unit = 0;       // bytes where the line names no unit; 0: it must
  bool decimal = false;  // its GB are 10^9 bytes
};
extern const std::vector<Pattern> kPatterns;

// The figures of one line of llama.cpp's, Ollama's or ik_llama.cpp's.
struct LlamaLine {
  std::vector<LogFigure> buffers;    // as allocated, device by device
  std::vector<LogFigure> breakdown;  // of the table at the end: the same again
  std::vector<LogFigure> totals;     // over all devices: the same again
  std::vector<LogFigure> forecast;   // what Ollama expected before it loaded
};
LlamaLine llamaLine(std::string_view text, std::size_t number);

}  // namespace headroom::logs
