// The Hugging Face Hub: a model by id, read from its configuration and the headers of its weight files, never the
// weights. What is read is kept as a folder that looks like the checkpoint (sparse files: header, then nothing), so the
// same readers serve local and remote models, and the hub is not needed a second time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/model/model.h"

namespace headroom {

struct HubProgress {
  std::string file;              // being read
  std::size_t done = 0, of = 0;  // files
  std::uint64_t bytes = 0;       // received so far, over all files
};

struct HubOptions {
  std::string endpoint = "https://huggingface.co";
  std::string token;        // never logged, saved or shown
  std::string cacheFolder;  // ".../headroom/hub"
  bool offline = false;
  long connectSeconds = 10, stallSeconds = 30;
  long totalSeconds = 900;                           // for a whole model, however slowly it comes
  std::function<bool(const HubProgress&)> progress;  // false cancels; may be empty
};

// HF_ENDPOINT, HF_TOKEN (or the file HF_TOKEN_PATH, $HF_HOME/token, ~/.cache/huggingface/token), HF_HUB_OFFLINE (else
// TRANSFORMERS_OFFLINE), and a cache in $XDG_CACHE_HOME/headroom/hub; no cache where neither that nor HOME says a
// place. Source: huggingface_hub constants.py and utils/_auth.py (0.36.2, 2.4.0).
HubOptions hubOptionsFromEnvironment();

// "org/name" of an id ("org/name", "org/name@revision", "org/name:Q8_0", "models--org--name") or of any address of a
// model page ("https://huggingface.co/org/name/blob/main/config.json", with or without the scheme, "hf://org/name"),
// with the revision, the file and the format it names; an error where it is neither, or of another host.
struct HubId {
  std::string id, revision, file;
  std::string tag{};  // "Q8_0": which of several GGUF files
};
Result<HubId> parseHubId(std::string_view text);

// Whether it can be a branch, a tag, a commit or a pull request ("refs/pr/1"): what goes into addresses and names of
// files.
bool isRevision(std::string_view revision);

// The address without what logs in: "https://user:secret@host/x" → "https://host/x". Nothing else is ever shown, noted
// or saved.
std::string withoutUserInfo(std::string_view address);

// Brings the configuration and all headers of `id` at `revision` into the cache and returns the folder (or, for
// repositories of GGUF files, the file). With `offline`, or when the hub cannot be reached, the cached copy is
// returned.
Result<std::string> hubSnapshot(const HubId& id, const HubOptions& options);

// The model of a hub id; its source is the address it was read from. Its notes say where it is a copy of before because
// the hub could not be asked, and where no copy could be kept.
Result<Model> modelFromHub(std::string_view id, std::string_view revision, const HubOptions& options);

}  // namespace headroom
