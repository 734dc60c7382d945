// Where hub models are kept. Internal to core/open/hub.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

// A relative path that stays inside the folder it is joined to: no "..", no absolute part, no control characters.
bool isSafeRelativePath(std::string_view path);

// The copies of one model: one folder per commit, and for each revision asked for the commit it stood for last. A new
// commit is brought beside the old one, so a download that breaks off leaves what was there.
class HubCache {
 public:
  HubCache(const std::string& cacheFolder, const std::string& id);

  std::string folder(std::string_view commit) const;
  std::string path(std::string_view commit, std::string_view file) const {
    return folder(commit) + "/" + std::string(file);
  }

  bool isComplete(std::string_view commit) const;
  // The commit a revision stood for when it was last read completely; nothing where it never was.
  std::optional<std::string> completeCommitOf(std::string_view revision) const;

  // Writes a file atomically; `size` beyond the bytes makes the rest a hole.
  Result<void> write(std::string_view commit, std::string_view file, std::string_view bytes, std::uint64_t size) const;

  // Marks the copy complete and as what `revision` stands for. Done last, so that a broken-off download is never taken
  // for a whole one.
  Result<void> complete(std::string_view commit, std::string_view revision, const std::string& address) const;

 private:
  Result<void> writeAt(const std::string& target, std::string_view bytes, std::uint64_t size) const;

  std::string folder_;
};

}  // namespace headroom
