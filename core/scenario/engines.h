// The engines: one row each, with what is known of it outside its own account (core/estimate). Nothing else in the tree
// compares an engine to learn what it can do.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/scenario/scenario.h"
#include "core/scenario/shardings.h"

namespace headroom {

// What several devices mean to an engine where nobody says how to use them.
enum class DevicesImply : std::uint8_t {
  tensor,  // every layer is split over them
  layers,  // each gets a run of whole layers
  data,    // each is a replica that sees other data
  spread,  // the engine places layers itself, by free memory
};

// What an engine has, as far as a scenario can ask for it; a key that needs what an engine lacks is ignored with a
// word.
enum class Feature : std::uint32_t {
  claim = 1U << 0,              // takes a share of the device up front and makes a KV pool of what is left
  prefill_tokens = 1U << 1,     // cuts a prompt into passes
  max_sequences = 1U << 2,      // sizes buffers for a number of sequences
  cuda_graphs = 1U << 3,        // captures decoding
  attention = 1U << 4,          // the way attention is computed can be chosen
  unified_kv = 1U << 5,         // one cache for all sequences
  full_window_cache = 1U << 6,  // windowed layers may keep the whole context
  mla_cache = 1U << 7,          // latent attention may be cached expanded
  gpu_layers = 1U << 8,         // some layers may stay on the host
  host_experts = 1U << 9,       // experts may stay on the host
  host_kv = 1U << 10,           // the KV cache may lie on the host
  tensor_split = 1U << 11,      // shares of unequal devices
  adapters = 1U << 12,          // serves LoRA adapters
  drafts = 1U << 13,            // speculative decoding
  images = 1U << 14,            // limits the images of a request
  embedding = 1U << 15,         // serves models without sampling
  tensor = 1U << 16,
  pipeline = 1U << 17,
  data = 1U << 18,
  context = 1U << 19,  // splits sequences over ranks
  expert = 1U << 20,
  logits = 1U << 21,   // which rows of logits are kept can be chosen
  compute = 1U << 22,  // the format of activations can be chosen
  kv_format = 1U << 23,
  prefix_caching = 1U << 24,  // keeps the cache of prompts for later requests, and states with it
  options = 1U << 25,         // its own options are known (engine_options.h)
};
constexpr Feature operator|(Feature a, Feature b) {
  return static_cast<Feature>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

constexpr bool includes(Feature all, Feature one) {
  return (static_cast<std::uint32_t>(all) & static_cast<std::uint32_t>(one)) != 0;
}

// A default that follows the release, and the device or the context: the first row that holds counts.
struct TieredDefault {
  std::string_view since = {};  // empty: of all releases
  double least = 0;             // GiB of all devices together, or tokens of a context
  std::int64_t value = 0;
};

struct EngineVersion;
std::int64_t tieredDefault(std::span<const TieredDefault> rows, double amount, const EngineVersion& version);
double gibOf(const std::vector<DeviceRequest>& devices);  // of all of them together

// Which groups of ranks an engine spreads whole experts over.
enum class ExpertGroup : std::uint8_t {
  any,            // as many as are asked for
  all_ranks,      // all of tensor and data parallelism, or none
  inside_tensor,  // a divisor of the tensor-parallel ranks; the rest of them splits every expert
  tensor_ranks,   // all tensor-parallel ranks, or none
  of_stage,       // a divisor of a stage's ranks, each of which may be several that split an expert
  of_replicas,    // a divisor of the replicas; the tensor-parallel ranks of each split every expert or copy it
};

// What an engine does with key and value heads that do not divide over the ranks.
enum class KvHeads : std::uint8_t {
  rounded,   // every rank has at least its share
  repeated,  // fewer heads than ranks are repeated as often as it takes, evenly; others are refused
  divided,   // refused
};

// How many sequences releases before one ran at most, on every device.
struct OlderSequences {
  std::string_view before = {};
  std::int64_t sequences = 0;
};

// What releases before one read of prompts at once: longer contexts in pieces, others whole.
struct OlderPrefill {
  std::string_view before = {};
  std::int64_t longBeyond = 0, piece = 0, least = 0;
};

// The share of a device that releases before one claimed by themselves.
struct OlderShare {
  std::string_view before = {};
  double share = 0;
};

// A build, and the first month of which all builds are as late.
struct BuildDate {
  int build = 0, year = 0, month = 0;
};

// The length that builds of an engine before one took by themselves, however long the model's is.
struct OlderContext {
  BuildDate before;
  std::int64_t tokens = 0;
};

struct Scenario;
struct Settings;
// What an engine takes by itself: tokens of a prompt at once, and the share of a device for weights and pools.
struct OwnClaim {
  std::int64_t prefillTokens = 0;
  double share = 0;
};

// A maker's devices that an engine does not run on, or runs on by a program with rules of its own.
struct OtherHardware {
  std::string_view vendor;
  bool refused = true;
  std::string_view why;
};

struct EngineRow {
  Engine engine{};
  std::string_view id = {};     // as scenarios spell it
  std::string_view alias = {};  // another spelling that is read
  std::string_view label = {};  // as its makers spell it
  bool trains = false;
  Feature features{};
  DevicesImply devices = DevicesImply::data;
  std::string_view trainingCode = {};  // the code its name alone stands for; empty: it serves
  Sharding sharding = Sharding::none;  // over data-parallel ranks, where nobody says
  ShardingProgram shards{};            // the programs that may shard its runs
  bool general = false;                // any training code stands on it, some with a runtime of their own
  bool patchesTrainers = false;        // it is imported beside a training code and changes what that code does
  bool wrapsOneRank = false;           // its optimizer works the same way on a single rank
  bool keepsMasters = false;           // trains 16-bit weights with fp32 master copies
  bool wideGradients = false;          // adds gradients up in fp32
  bool schedulesStages = false;        // whatever code it runs, its pipelines are a schedule of its own
  NumberFormat cacheFormat = NumberFormat::bf16;  // of the KV cache where it does not follow the compute format
  bool cacheFollowsCompute = true;
  bool downcasts = false;                             // loads fp32 checkpoints in 16 bit by itself
  bool dequantizesGguf = false;                       // reads GGUF files into plain floats
  bool readsGguf = false;                             // keeps ggml's block formats
  std::span<const NumberFormat> trainedFormats = {};  // kept narrow while they are trained in full
  std::string_view trainedFormatsSource = {};
  std::span<const NumberFormat> ownFormats = {};    // the quantized formats it holds, where it makes them itself
  std::string_view ownFormatsWhy = {};              // what it says of others
  std::span<const NumberFormat> cacheFormats = {};  // beside plain floats, where its own list is known
  std::string_view cacheFormatsWhy = {};            // what it says of others
  bool weightsFollowCompute = false;  // the dtype it is asked to compute in is the one weights are loaded in
  bool replaysGraph = false;          // its estimate replays a graph: milliseconds where the others take microseconds
  bool printsComponents = false;      // its log says what its parts take: it can be calibrated by one
  std::int64_t prefillTokens = 8192, maxSequences = 1;
  std::int64_t smallPrefillTokens = 0, largeMaxSequences = 0;  // on small and on large devices; 0: the same on all
  std::array<OlderSequences, 2> olderSequences = {};           // the oldest first
  ExpertGroup expertGroup = ExpertGroup::any;
  std::string_view expertGroupSource = {};
  bool evenExperts = false;  // a layer's experts have to divide over the ranks
  bool evenHeads = false;    // query heads have to divide over the ranks
  KvHeads kvHeads = KvHeads::rounded;
  std::string_view headsSource = {};
  // EAGLE without a head drafts with the checkpoint's own next-token layers (sglang/srt/server_args.py:
  // speculative_draft_model_path falls back to the model of DeepSeek-V3 and its kin).
  bool eagleTakesNextToken = false;
  std::string_view attentionReplicas = {};  // the option that puts data parallelism inside tensor parallelism
  bool prefillsWhole = false;               // a prompt goes through in one pass
  bool sequencesFollowBatch = false;        // buffers are sized for as many sequences as are held
  double memoryUtilization = 1.0;
  // Where it follows the card and what is asked: called with the layout settled.
  OwnClaim (*ownClaim)(const Scenario&, const Settings&) = nullptr;
  OlderShare olderUtilization = {};
  std::string_view utilizationSource = {};
  bool opensNestedScales = false;  // scales that are quantized themselves are written out as weights are loaded
  LogitsRows logits = LogitsRows::all;
  // The releases from which it caches prefixes by itself, of models without and with recurrent states; empty: never.
  std::string_view cachesPrefixesSince = {}, cachesStatesSince = {};
  std::string_view prefixSource = {};
  // The releases from which it takes the cache format that a checkpoint's quantization names, of ModelOpt and of
  // compressed-tensors; empty: never.
  std::string_view modelOptCacheSince = {}, compressedCacheSince = {};
  std::span<const TieredDefault> contexts = {};  // absent context: by the devices' memory
  std::span<const TieredDefault> prefills = {};  // absent prefill_tokens: by the context
  std::span<const OlderPrefill> olderPrefills = {};
  std::span<const TieredDefault> cardPrefills = {};  // the same by the first device's memory, in GiB
  bool contextIsModelMaximum = false;                // absent context: the model's maximum instead of 8192
  OlderContext olderContext = {};                    // and before that
  BuildDate flashSince = {};                         // flash attention where nobody says
  std::span<const OtherHardware> elsewhere = {};     // makers whose devices its rules do not speak of
  std::string_view source = {};                      // of the defaults
  std::string_view formatsSource = {};               // of what it does with formats

  bool shardedBy(Sharding s) const { return headroom::shardedBy(shards, s); }
  bool has(Feature f) const { return includes(features, f); }
};

// Why a server that people name is refused: its rules are not known here. Empty for any other name.
std::string refusedEngine(std::string_view name);

// One row per enumerator, in their order.
// Nothing (0) where a release has no such rule, by its row.
std::int64_t olderPrefillOf(const EngineRow& engine, std::int64_t context, const EngineVersion& version);
bool precedes(const BuildDate& date, std::string_view printed, const EngineVersion& version);
std::int64_t olderContextOf(const EngineRow& engine, std::string_view printed, const EngineVersion& version);

std::span<const EngineRow> engineRows();
const EngineRow& rowOf(Engine engine);

// Whether the engine could hold a model's weights in the format; `why` says what it does instead.
struct FormatSupport {
  bool held = true;
  std::string_view why = {};
};
FormatSupport supports(const EngineRow& engine, const WeightFormat& format);
FormatSupport supportsCache(const EngineRow& engine, NumberFormat format);

}  // namespace headroom
