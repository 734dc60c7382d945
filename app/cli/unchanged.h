// --force of the commands that write a file they, or their user, read before.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/text_file.h"

namespace headroom {

// Puts the text there unless somebody changed the file since `before` was taken, which is an error that names --force.
inline Result<void> writeUnlessChanged(const std::string& path, std::string_view text,
                                       std::optional<FileStamp> before) {
  const Result<bool> done = writeFileUnchanged(path, text, before);
  if (!done) return tl::unexpected(done.error());
  if (*done) return {};
  return fail(ErrorCode::io, "Somebody changed the file meanwhile; it was left as it is. --force replaces it.", path);
}

}  // namespace headroom
