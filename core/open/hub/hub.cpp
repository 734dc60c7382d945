#include "core/open/hub/hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <set>

#include "core/base/printable.h"
#include "core/formats/model_source.h"
#include "core/formats/quantization/section_file.h"
#include "core/formats/safetensors/safetensors.h"
#include "core/open/hub/http_client.h"
#include "core/open/hub/hub_cache.h"
#include "core/open/hub/hub_listing.h"
#include "core/open/weight_files.h"

namespace headroom {
namespace {

constexpr std::uint64_t kMaxConfigBytes = 16 << 20;
constexpr std::uint64_t kMaxListBytes = 32 << 20;
constexpr std::uint64_t kFirstRead = 64 << 10;
// A GGUF header carries the tokenizer: a few MiB, rarely more than 20.
constexpr std::uint64_t kFirstGgufRead = 24 << 20, kMaxGgufHeader = 400 << 20, kFirstPartRead = 1 << 20;
constexpr std::size_t kMostFiles = 2000;
// A file of a petabyte is a server's mistake, and no file system has room for its hole.
constexpr std::uint64_t kMostFileBytes = std::uint64_t{1} << 50;

// Bytes of an address that stand for themselves (RFC 3986, unreserved); the slashes of "refs/pr/1" are no folders of
// it.
std::string escaped(std::string_view text, bool folders) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~' || (c == '/' && folders);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

class Download {
 public:
  Download(const HubId& id, const HubOptions& options)
      : id_(id),
        options_(options),
        revision_(id.revision.empty() ? "main" : id.revision),
        endpoint_(withoutUserInfo(options.endpoint)),
        cache_(options.cacheFolder, endpoint_, id.id),
        until_(std::chrono::steady_clock::now() + std::chrono::seconds(options.totalSeconds)) {}

  Result<std::string> run();
  // The same where the cache cannot be written: into a folder that goes with this object.
  Result<std::string> runWithoutCache(const Error& why);
  // After a run that gave a copy of before whose files cannot be read: brings it again.
  Result<std::string> runAgain();
  // What to say of the copy: the choice among several files, its age where the hub could not be asked.
  const std::vector<std::string>& notes() const { return notes_; }
  // The model's page.
  std::string page() const { return fmt::format("{}/{}", endpoint_, id_.id); }

 private:
  std::string address(std::string_view file) const {
    return fmt::format("{}/resolve/{}/{}", page(), escaped(revision_, false), escaped(file, true));
  }
  bool report(std::string_view file) {
    if (!cancelled_)
      cancelled_ = options_.progress && !options_.progress({std::string(file), done_, of_, bytes_ + now_});
    return !cancelled_;
  }

  Result<HttpAnswer> get(const std::string& url, std::uint64_t maxBytes, bool ranged);
  Result<HttpAnswer> getFile(std::string_view file, std::uint64_t maxBytes, bool ranged) {
    return get(address(file), maxBytes, ranged);
  }
  // Which copy this answer belongs to; a server that names no commit gets one copy per revision.
  void setCommit(const HttpAnswer& answer) {
    versioned_ = isRevision(answer.commit) && answer.commit != "refs";
    commit_ = versioned_ ? answer.commit : "revision-" + revision_;
  }
  // The copy of before, and why it is one.
  std::optional<std::string> copyOfBefore(std::string_view why);
  Result<void> markComplete();
  Error refusal(long status, const std::string& url) const;

  Result<std::string> bring();
  Result<void> bringSafetensors();
  Result<void> bringSection(std::string_view config);
  Result<void> bringSafetensorsHeader(std::string_view file);
  Result<void> keep(std::string_view file, std::string_view beginning, const HttpAnswer& answer);
  Result<std::string> bringGguf();
  Result<std::string> chooseGguf();
  Result<std::vector<std::string>> listing();

  const HubId& id_;
  const HubOptions& options_;
  std::string revision_, endpoint_;
  std::unique_ptr<TemporaryFolder> own_;
  HubCache cache_;
  std::chrono::steady_clock::time_point until_;
  std::string commit_, current_;
  std::vector<std::string> notes_;
  bool versioned_ = false, cancelled_ = false, brought_ = false, weightless_ = false;
  std::size_t done_ = 0, of_ = 1;
  std::uint64_t bytes_ = 0, now_ = 0;  // received: by finished requests, by this one
};

Result<HttpAnswer> Download::get(const std::string& url, std::uint64_t maxBytes, bool ranged) {
  HttpRequest request;
  request.url = options_.endpoint + url.substr(endpoint_.size());  // with what logs in, where there is such
  request.until = until_;
  request.token = options_.token;
  request.maxBytes = maxBytes;
  if (ranged) request.lastByte = maxBytes - 1;
  request.connectSeconds = options_.connectSeconds;
  request.stallSeconds = options_.stallSeconds;
  request.progress = [this](std::uint64_t received) {
    now_ = received;
    return report(current_);
  };
  now_ = 0;
  auto answer = httpGet(request);
  if (answer) bytes_ += answer->body.size();
  now_ = 0;
  return answer;
}

Error Download::refusal(long status, const std::string& url) const {
  if (status == 401 || status == 403)
    return {ErrorCode::network,
            options_.token.empty()
                ? "The model is gated, private or misspelt: accept its terms at " + page() +
                      " and set HF_TOKEN, or open a local copy."
                : "The hub refuses this token for the model: accept its terms at " + page() + ", or check HF_TOKEN.",
            url};
  if (status == 404)
    return {ErrorCode::not_found, "The hub knows no such model, revision or file; check the id and the revision.", url};
  if (status == 429) return {ErrorCode::network, "The hub asks to slow down (429); try again in a few minutes.", url};
  return {ErrorCode::network, fmt::format("The hub answered with status {}; try again later.", status), url};
}

// The beginning of a file, with the size of the whole.
Result<void> Download::keep(std::string_view file, std::string_view beginning, const HttpAnswer& answer) {
  const std::uint64_t size = answer.totalSize.value_or(0);
  if (size > kMostFileBytes)
    return fail(ErrorCode::value, fmt::format("The server says this file has {} bytes; no file has.", size),
                address(file));
  return cache_.write(commit_, file, beginning, std::max<std::uint64_t>(beginning.size(), size));
}

Result<void> Download::bringSafetensorsHeader(std::string_view file) {
  if (!isSafeRelativePath(file))
    return fail(ErrorCode::value, "The index names a file outside the model's folder; it is not read.", page());
  current_ = file;
  auto answer = getFile(file, kFirstRead, true);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status >= 400) return tl::unexpected(refusal(answer->status, address(file)));
  if (answer->body.size() < 8)
    return fail(ErrorCode::syntax, "The file is too short to be safetensors.", address(file));
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i)
    length = length << 8 | static_cast<unsigned char>(answer->body[static_cast<std::size_t>(i)]);
  if (length > kMaxSafetensorsHeaderBytes)
    return fail(
        ErrorCode::syntax,
        fmt::format("The file claims a header of {} bytes; safetensors allows {}.", length, kMaxSafetensorsHeaderBytes),
        address(file));
  if (answer->body.size() < 8 + length && answer->body.size() >= kFirstRead) {
    answer = getFile(file, 8 + length, true);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status >= 400) return tl::unexpected(refusal(answer->status, address(file)));
  }
  if (answer->body.size() < 8 + length)
    return fail(ErrorCode::network, "The answer ends inside the file's header; try again.", address(file));
  const std::string_view header = std::string_view(answer->body).substr(0, 8 + length);
  return keep(file, header, *answer);
}

Result<void> Download::bringSafetensors() {
  current_ = "model.safetensors.index.json";
  auto index = getFile(current_, kMaxSafetensorsIndexBytes, false);
  if (!index) return tl::unexpected(index.error());
  std::set<std::string> files;
  if (index->status < 400) {
    auto named = filesOfSafetensorsIndex(index->body, address(current_));
    if (!named) return tl::unexpected(named.error());
    files = std::move(*named);
    if (files.size() > kMostFiles)
      return fail(ErrorCode::value, "The index names more files than any model has.", address(current_));
    if (auto kept = cache_.write(commit_, current_, index->body, index->body.size()); !kept) return kept;
  } else if (index->status == 404) {
    auto probe = getFile("model.safetensors", kFirstRead, true);
    if (!probe) return tl::unexpected(probe.error());
    if (probe->status != 404) {
      files.insert("model.safetensors");
    } else {
      // Under other names, or in parts that no index names; without any the configuration alone has to do.
      const auto names = listing();
      if (!names) return {};
      const auto parts = modelSafetensors(*names);
      if (!parts) return fail(parts.error().code, parts.error().message, page());
      if (parts->size() > kMostFiles) return {};
      files.insert(parts->begin(), parts->end());
    }
  } else {
    return tl::unexpected(refusal(index->status, address(current_)));
  }
  of_ = files.size() + 1;
  weightless_ = files.empty();
  for (const std::string& file : files) {
    if (auto brought = bringSafetensorsHeader(file); !brought) return brought;
    ++done_;
  }
  return {};
}

// The quantization of a repository whose config.json is silent about it. Not asked for where every stored tensor is a
// plain float.
Result<void> Download::bringSection(std::string_view config) {
  if (hasQuantization(config)) return {};
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(cache_.folder(commit_), error), end; !error && at != end;
       at.increment(error))
    if (at->path().extension() == ".safetensors") names.push_back(at->path().filename().string());
  const auto stored = readSafetensorsFiles(cache_.folder(commit_), names);
  if (stored && !stored->tensors.empty() &&
      std::ranges::all_of(stored->tensors, [](const StoredTensor& t) { return isPlainFloat(t.dtype); }))
    return {};
  for (const std::string_view name : kSectionFiles) {
    current_ = name;
    const auto answer = getFile(name, kMaxConfigBytes, false);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status >= 400) continue;
    return cache_.write(commit_, name, answer->body, answer->body.size());
  }
  return {};
}

Result<std::vector<std::string>> Download::listing() {
  const std::string url = fmt::format("{}/api/models/{}/revision/{}", endpoint_, id_.id, escaped(revision_, false));
  const auto list = get(url, kMaxListBytes, false);
  if (!list) return tl::unexpected(list.error());
  if (list->status >= 400) return tl::unexpected(refusal(list->status, url));
  return filesOfListing(list->body);
}

Result<std::string> Download::chooseGguf() {
  if (!id_.file.empty()) return partsOf(id_.file).front();
  const auto names = listing();
  if (!names) return tl::unexpected(names.error());
  const auto chosen = modelGguf(*names, id_.tag);
  if (chosen) {
    if (std::string note = choiceNote(*chosen); !note.empty()) notes_.push_back(std::move(note));
    return chosen->file;
  }
  if (!id_.tag.empty() || chosen.error().code == ErrorCode::unsupported)
    return fail(chosen.error().code, chosen.error().message, page());
  return fail(ErrorCode::not_found, "The repository holds neither a config.json nor a GGUF file.", page());
}

Result<std::string> Download::bringGguf() {
  const auto file = chooseGguf();
  if (!file) return file;
  if (!isSafeRelativePath(*file))
    return fail(ErrorCode::value, "The repository names a file outside its folder; it is not read.", page());
  const std::vector<std::string> parts = partsOf(*file);
  of_ = parts.size();
  Error last;
  // The first part carries the tokenizer; each of the others a list of its tensors.
  for (std::uint64_t length = kFirstGgufRead; length <= kMaxGgufHeader; length *= 4) {
    bool more = false;
    done_ = 0;
    for (const std::string& part : parts) {
      current_ = part;
      const std::uint64_t wanted = part == *file ? length : length / kFirstGgufRead * kFirstPartRead;
      const auto answer = getFile(part, wanted, true);
      if (!answer) return tl::unexpected(answer.error());
      if (answer->status >= 400) return tl::unexpected(refusal(answer->status, address(part)));
      if (part == *file) setCommit(*answer);
      if (auto kept = keep(part, answer->body, *answer); !kept) return tl::unexpected(kept.error());
      more = more || answer->body.size() >= wanted;
      ++done_;
    }
    const auto model = modelFromFile(cache_.path(commit_, *file));
    if (model) return cache_.path(commit_, *file);
    last = model.error();
    if (!more) break;  // the whole files were read: more will not help
  }
  return tl::unexpected(last);
}

Result<HttpAnswer> notFound() {
  HttpAnswer answer;
  answer.status = 404;
  return answer;
}

Result<std::string> Download::bring() {
  current_ = "config.json";
  const bool wantsGguf = id_.file.ends_with(".gguf") || !id_.tag.empty();
  auto config = wantsGguf ? notFound() : getFile(current_, kMaxConfigBytes, false);
  if (!config) return tl::unexpected(config.error());
  if (config->status == 404) {
    const auto file = bringGguf();
    if (!file) return file;
    if (auto marked = markComplete(); !marked) return tl::unexpected(marked.error());
    return file;
  }
  if (config->status >= 400) return tl::unexpected(refusal(config->status, address(current_)));
  setCommit(*config);
  if (!versioned_ || !cache_.isComplete(commit_)) {
    if (auto kept = cache_.write(commit_, "config.json", config->body, config->body.size()); !kept)
      return tl::unexpected(kept.error());
    if (auto brought = bringSafetensors(); !brought) return tl::unexpected(brought.error());
    if (auto brought = bringSection(config->body); !brought) return tl::unexpected(brought.error());
    // A configuration beside GGUF files and nothing else says what they were made from; they hold the weights.
    if (const auto names = weightless_ ? listing() : fail(ErrorCode::not_found, ""); names && modelGguf(*names)) {
      const bool others = std::ranges::any_of(*names, [](const std::string& name) {
        return name.ends_with(".bin") || name.ends_with(".pth") || name.ends_with(".safetensors");
      });
      if (!others) {
        const auto file = bringGguf();
        if (!file) return file;
        if (auto marked = markComplete(); !marked) return tl::unexpected(marked.error());
        return file;
      }
    }
    if (auto marked = markComplete(); !marked) return tl::unexpected(marked.error());
  } else if (auto referred = cache_.refer(revision_, commit_); !referred) {
    return tl::unexpected(referred.error());
  }
  return cache_.folder(commit_);
}

Result<void> Download::markComplete() {
  brought_ = true;
  if (auto marked = cache_.complete(commit_); !marked) return marked;
  return cache_.refer(revision_, commit_);
}

std::optional<std::string> Download::copyOfBefore(std::string_view why) {
  const auto commit = cache_.completeCommitOf(revision_);
  if (!commit) return std::nullopt;
  std::string kept = cache_.folder(*commit);
  std::error_code error;
  // Of several GGUF files the copy may hold others than the one that is asked for.
  if (id_.file.ends_with(".gguf")) {
    kept = cache_.path(*commit, partsOf(id_.file).front());
    if (!isSafeRelativePath(id_.file) || !std::filesystem::is_regular_file(kept, error)) return std::nullopt;
  } else if (!id_.tag.empty()) {
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator at(kept, error), end; !error && at != end; at.increment(error))
      names.push_back(at->path().filename().string());
    const auto chosen = modelGguf(names, id_.tag);
    if (!chosen) return std::nullopt;
    kept = cache_.path(*commit, chosen->file);
  }
  notes_.push_back(
      fmt::format("This is the copy of {} that was brought on {}; {}", page(), cache_.dayOf(*commit), why));
  return kept;
}

Result<std::string> Download::runAgain() {
  if (brought_ || options_.offline) return fail(ErrorCode::network, "There is nothing newer to be had.", page());
  if (const auto cached = cache_.completeCommitOf(revision_)) cache_.forget(*cached);
  return run();
}

Result<std::string> Download::run() {
  notes_.clear();
  if (options_.offline) {
    if (auto copy = copyOfBefore("the hub was not asked, as it is to be left alone.")) return *copy;
    return fail(ErrorCode::network, "HF_HUB_OFFLINE is set and no copy of this model is kept here.", page());
  }
  auto brought = bring();
  if (!brought && brought.error().code == ErrorCode::network && !cancelled_)
    if (auto copy = copyOfBefore("the hub could not be asked: " + brought.error().message)) return *copy;
  return brought;
}

Result<std::string> Download::runWithoutCache(const Error& why) {
  own_ = std::make_unique<TemporaryFolder>();
  if (own_->path().empty() || options_.offline) return tl::unexpected(why);
  cache_ = HubCache(own_->path(), endpoint_, id_.id);
  brought_ = false;
  done_ = 0;
  auto brought = run();
  if (!brought && brought.error().code == ErrorCode::io) return tl::unexpected(why);
  notes_.push_back(fmt::format("No copy could be kept, so the hub is asked again next time. {}", why.text()));
  return brought;
}

}  // namespace

Result<std::string> hubSnapshot(const HubId& id, const HubOptions& options) {
  return Download(id, options).run();
}

Result<Model> modelFromHub(std::string_view text, std::string_view revision, const HubOptions& options) {
  auto id = parseHubId(text);
  if (!id) return tl::unexpected(id.error());
  if (!revision.empty() && !isRevision(revision))
    return fail(ErrorCode::value, "This is no revision: a branch, a tag, a commit or refs/pr/NUMBER was expected.",
                printable(revision, 200));
  if (!revision.empty() && (id->revision.empty() || revision != "main")) id->revision = revision;
  Download download(*id, options);
  auto path = download.run();
  if (!path && path.error().code == ErrorCode::io) path = download.runWithoutCache(path.error());
  if (!path) return tl::unexpected(path.error());
  auto model = modelFromFile(*path);
  // A copy that was damaged since (a crash, a hand) is brought anew; what is merely not understood stays.
  if (!model && model.error().code != ErrorCode::unsupported)
    if (const auto again = download.runAgain()) model = modelFromFile(*again);
  if (!model) return model;
  model->id = id->id;
  model->notes.insert(model->notes.end(), download.notes().begin(), download.notes().end());
  model->source = download.page();
  // Of a repository of GGUF files the file that was read.
  if (path->ends_with(".gguf"))
    model->source += fmt::format("/blob/{}/{}", id->revision.empty() ? "main" : id->revision,
                                 std::filesystem::path(*path).filename().string());
  return model;
}

}  // namespace headroom
