// What a user adds to the catalogues without a build: every *.json in a folder of their own, in the schema of the file
// it adds to (resources/schema/models.schema.json, accelerators.schema.json; resources/help/own_entries.md).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace headroom {

struct UserFile {
  std::string path;
  std::string text;  // JSON whose syntax has been checked: an object
};

// $XDG_CONFIG_HOME/headroom, else ~/.config/headroom (XDG Base Directory Specification 0.8); empty where neither
// variable is set.
std::string userFolder();

// The folder's *.json files in the order of their names. One that cannot be read or is no JSON object is left out and
// appended to `wrong` with its place.
std::vector<UserFile> readUserFiles(const std::string& folder, std::vector<Error>& wrong);

// The files of userFolder(). Read on first use; what is wrong with them is noted.
std::span<const UserFile> userFiles();

// Notes what is wrong with a user's file. A file is warned of once: its first mistake, and how many more there are.
void noteInUserFile(const std::string& path, Error error);
// The warnings of all files that have been read so far, in their order.
std::vector<Error> userFileWarnings();

}  // namespace headroom
