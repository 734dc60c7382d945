// Texts that simdjson reads: its own memory is counted by an error code, which is not one of the text.
#pragma once

#include <simdjson.h>

#include <cassert>
#include <new>
#include <string_view>

namespace headroom {

// True where it was read. Memory that ran out is no mistake of the text and thrown as everywhere else.
inline bool isRead(simdjson::error_code error) {
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  return error == simdjson::SUCCESS;
}

// A text of the program's own, compiled in and tested, so that a mistake in it is a programmer's. T: what stands at its
// root. Lives as long as the parser.
template <typename T>
T readOwnText(simdjson::dom::parser& parser, std::string_view text) {
  T root;
  [[maybe_unused]] const bool read = isRead(parser.parse(text.data(), text.size()).get(root));
  assert(read);
  return root;
}

}  // namespace headroom
