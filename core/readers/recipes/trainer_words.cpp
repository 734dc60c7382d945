#include "core/readers/recipes/trainer_words.h"

namespace headroom::recipes {

void readTrainerBatch(Source& source) {
  constexpr std::string_view kKey = "per_device_train_batch_size";
  if (source.has(kKey)) return source.integerTo(kKey, "/batch", 1, 1'000'000);
  source.set("/batch", 8, kKey);
  source.note("Without per_device_train_batch_size a device holds 8 sequences (transformers/training_args.py).");
}

void readTrainerFsdp(Source& s) {
  std::string words;
  if (const Json* fsdp = s.find("fsdp"); fsdp != nullptr) {
    if (fsdp->is_string()) words = fsdp->get<std::string>();
    if (fsdp->is_array())
      for (const Json& word : *fsdp)
        if (word.is_string()) words += word.get<std::string>() + " ";
    if (*fsdp == true) words = "full_shard";
  }
  const auto says = [&](std::string_view word) { return words.find(word) != words.npos; };
  if (says("full_shard") || says("hybrid_shard") || says("shard_grad_op")) {
    s.set("/engine", "fsdp", "fsdp");
    s.set("/parallel/sharding", s.integer("fsdp_config.fsdp_version", 1, 2).value_or(1) == 2 ? "fsdp2" : "fsdp",
          "fsdp");
    if (says("offload")) s.set("/offload/parameters", "cpu", "fsdp");
    if (says("shard_grad_op")) s.set("/parallel/strategy", "SHARD_GRAD_OP", "fsdp");
    if (says("hybrid_shard")) s.leaveOut("copies of the group that shards: how many is the launcher's");
    readFsdpConfig(s);
  } else if (!words.empty()) {
    s.leaveOut("fsdp: " + words);
  }
}

}  // namespace headroom::recipes
