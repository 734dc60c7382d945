// Where hub models are kept. Internal to core/open/hub.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace headroom {

// A relative path that stays inside the folder it is joined to: no "..", no absolute part, no control characters, and
// not the name of the mark.
bool isSafeRelativePath(std::string_view path);

// A folder of this process's own, removed with the object; empty where none can be made.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The copies of one model of one endpoint: one folder per commit, and for each revision asked for the commit it stood
// for last. A new commit is brought beside the old one, so a download that breaks off leaves what was there. What one
// endpoint answered never stands for another's.
class HubCache {
 public:
  // `endpoint` as hubPage() has it, without what logs in.
  HubCache(const std::string& cacheFolder, const std::string& endpoint, const std::string& id);

  std::string folder(std::string_view commit) const;
  std::string path(std::string_view commit, std::string_view file) const {
    return folder(commit) + "/" + std::string(file);
  }

  // Every file that was brought is there, with its size and the bytes that were kept of it. A copy that was cut short,
  // changed, or left empty by a crash is not complete, so it is brought again.
  bool isComplete(std::string_view commit) const;
  // The commit a revision stood for when it was last read completely; nothing where it never was, or is damaged.
  std::optional<std::string> completeCommitOf(std::string_view revision) const;
  // The day a copy was brought, "2025-11-30".
  std::string dayOf(std::string_view commit) const;

  // Writes a file atomically; `size` beyond the bytes makes the rest a hole. Programs that bring the same model at once
  // write the same bytes, each through a temporary of its own.
  Result<void> write(std::string_view commit, std::string_view file, std::string_view bytes, std::uint64_t size);

  // Marks the copy complete, with the files written since this object was made. Done last, so that a broken-off
  // download is never taken for a whole one.
  Result<void> complete(std::string_view commit) const;
  // From now on `revision` stands for this copy.
  Result<void> refer(std::string_view revision, std::string_view commit) const;
  // The copy is not complete after all: its files turned out to be damaged.
  void forget(std::string_view commit) const;

 private:
  struct Kept {
    std::uint64_t size = 0, bytes = 0;
    std::uint32_t sum = 0;  // CRC-32 of the bytes
  };
  bool isWhole(std::string_view commit, std::string_view line) const;

  std::string address_, folder_;
  std::map<std::string, Kept> written_;  // by file
};

}  // namespace headroom
