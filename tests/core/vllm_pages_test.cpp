// Token counts vLLM printed for pools of models with several kinds of cache layers.
#include "core/estimate/serving/vllm/pages.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/estimate/estimate.h"
#include "core/estimate/serving/vllm/page_rules.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/scenario/engine_version.h"

namespace headroom {
namespace {

using nlohmann::json;

const json& rows() {
  static const json data = json::parse(std::ifstream(HEADROOM_TEST_DATA "/vllm_pages.json"));
  return data.at("rows");
}

Model modelOf(const json& layers) {
  Model m;
  m.hidden = 64;
  m.vocabulary = 64;
  for (const json& entry : layers) {
    LayerKind k;
    k.count = entry.at("count");
    if (entry.contains("kv_heads")) {
      k.attention.kind = entry.contains("window") ? AttentionKind::sliding : AttentionKind::full;
      k.attention.kvHeads = k.attention.heads = entry.at("kv_heads");
      k.attention.headDim = k.attention.valueDim = entry.at("head_dim");
      k.attention.window = entry.value("window", 0);
    } else {
      k.state.kind = StateKind::mamba2;
      k.state.convChannels = entry.at("conv_channels");
      k.state.convKernel = entry.at("conv_kernel");
      k.state.stateElements = entry.at("state");
      k.state.statedBytes = entry.at("fp32").get<bool>() ? 4 : 0;
    }
    m.order.insert(m.order.end(), static_cast<std::size_t>(k.count), static_cast<std::uint8_t>(m.kinds.size()));
    m.kinds.push_back(k);
  }
  m.finish();
  return m;
}

TEST(VllmPages, TokensOfAPrintedPool) {
  for (const json& row : rows()) {
    const Model m = modelOf(row.at("layers"));
    const NumberFormat kv = *numberFormat(row.at("kv").get<std::string>());
    PageRules rules = pageRules(engineVersion(row.at("version").get<std::string>()));
    if (row.value("prefix_caching", false)) rules.states = StateMode::align;
    if (row.contains("draft")) {
      rules.habits.draftTokens = row.at("draft").at("tokens");
      rules.habits.draft = {nullptr, &m.kinds.front().attention, row.at("draft").at("layers")};
    }
    RankPart part;
    part.tensorParallel = row.at("tensor");
    part.layers = {0, m.layers()};
    const PageLayout layout = pageLayout(m, part, {kv, kv}, rules);
    EXPECT_EQ(layout.groups, row.at("groups").get<std::int64_t>()) << row["id"];
    EXPECT_EQ(layout.types[0].blockSize, row.at("block_size").get<std::int64_t>()) << row["id"];
    // The pool is printed to 0.01 GiB: the tokens must lie between those of its two roundings.
    const double pool = row.at("pool_gib").get<double>(), gib = static_cast<double>(kGiB);
    const auto tokens = [&](double g) {
      return pagePool(layout, g * gib, row.at("context"), row.at("prefill"), rules).tokens;
    };
    EXPECT_LE(tokens(pool - 0.005), row.at("tokens").get<std::int64_t>()) << row["id"];
    EXPECT_GE(tokens(pool + 0.005), row.at("tokens").get<std::int64_t>()) << row["id"];
  }
}

// DeepSeek-V4-Pro on 8 × H200 with vLLM 0.20.2: 21.47 GiB are 3,731,334 tokens at 800,000 a sequence with 512 batched,
// 13.85 GiB are 27,042 tokens at 8192 with 8192 batched
// (https://github.com/ashishkamra/vllm-memory-estimator/blob/8b0e21d1ec49357383758a164129515209b37e7f/test_data/validation_db.json).
TEST(VllmPages, TuplesOfPagesHoldThePrintedTokens) {
  const auto model = catalogueModel("deepseek-ai/DeepSeek-V4-Pro");
  ASSERT_TRUE(model);
  const PageRules rules = pageRules(engineVersion("0.20.2"));
  RankPart part;
  part.tensorParallel = 8;
  part.layers = {0, (*model)->layers()};
  const PageLayout layout = pageLayout(**model, part, {NumberFormat::fp8, NumberFormat::fp8}, rules);
  const double gib = static_cast<double>(kGiB);
  EXPECT_LE(pagePool(layout, 21.465 * gib, 800000, 512, rules).tokens, 3'731'334);
  EXPECT_GE(pagePool(layout, 21.475 * gib, 800000, 512, rules).tokens, 3'731'334);
  EXPECT_LE(pagePool(layout, 13.845 * gib, 8192, 8192, rules).tokens, 27'042);
  EXPECT_GE(pagePool(layout, 13.855 * gib, 8192, 8192, rules).tokens, 27'042);
}

// Models and releases that no printed log shows.
TEST(VllmPages, PoolsAreThoseTheReleasePlans) {
  static const json data = json::parse(std::ifstream(HEADROOM_TEST_DATA "/vllm_pages.json"));
  for (const json& row : data.at("planned")) {
    const json asked = {{"headroom", 1},
                        {"model", row.at("model")},
                        {"engine", "vllm"},
                        {"engine_version", row.at("version")},
                        {"precision", {{"weights", "bf16"}, {"kv_cache", row.at("kv")}}},
                        {"context", row.at("context")},
                        {"prefill_tokens", row.at("prefill")},
                        {"max_sequences", 256},
                        {"prefix_caching", row.value("prefix_caching", true)},
                        {"devices", {{{"accelerator", "h200"}, {"count", row.at("tensor")}}}},
                        {"parallel", {{"tensor", row.at("tensor")}}},
                        {"kv_cache_memory_bytes", row.at("bytes")}};
    const Result<Scenario> s = readScenario(asked.dump(), "test");
    ASSERT_TRUE(s) << s.error().text();
    const Estimate e = estimate(*s);
    const std::string name = row.at("model").get<std::string>() + " " + row.at("version").get<std::string>();
    const auto tokens = row.at("tokens").get<double>();
    EXPECT_NEAR(static_cast<double>(e.pool.kvTokens.value_or(0)), tokens, 0.0005 * tokens) << name;
    EXPECT_NEAR(e.pool.maxConcurrency.value_or(0), row.at("concurrency").get<double>(), 0.001) << name;
  }
}

// The releases on either side of what changed, read in vLLM's source distributions of PyPI:
// vllm/v1/core/kv_cache_utils.py, v1/kv_cache_interface.py and model_executor/models/config.py.
TEST(VllmPages, RulesChangeWithTheReleaseThatChangedThem) {
  const auto at = [](const char* version) { return pageRules(engineVersion(version)); };
  EXPECT_FALSE(at("0.9.0").habits.windowsApart);  // unify_hybrid_kv_cache_specs, always
  EXPECT_TRUE(at("0.9.1").habits.windowsApart);
  EXPECT_FALSE(at("0.10.1").habits.crossApart);  // CrossAttentionSpec
  EXPECT_TRUE(at("0.10.2").habits.crossApart);
  EXPECT_FALSE(at("0.10.2").groupsOverStages);  // get_kv_cache_configs
  EXPECT_TRUE(at("0.11.0").groupsOverStages);
  EXPECT_EQ(at("0.11.2").uneven, UnevenPages::refused);  // unify_kv_cache_spec_page_size
  EXPECT_EQ(at("0.12.0").uneven, UnevenPages::longer);
  EXPECT_EQ(at("0.23.0").uneven, UnevenPages::longer);
  EXPECT_EQ(at("0.24.0").uneven, UnevenPages::padded);
  EXPECT_EQ(at("0.11.2").largestBelow, 0);  // _get_kv_cache_groups_uniform_page_size
  EXPECT_EQ(at("0.12.0").largestBelow, 1.25);
  EXPECT_EQ(at("0.17.1").largestBelow, 1.25);
  EXPECT_EQ(at("0.18.0").largestBelow, 1.5);
  EXPECT_FALSE(at("0.12.0").habits.states.heedsStated);  // NemotronHForCausalLMConfig
  EXPECT_TRUE(at("0.13.0").habits.states.heedsStated);
  EXPECT_EQ(at("0.19.1").habits.states.decided, 2);
  EXPECT_EQ(at("0.20.0").habits.states.decided, 4);
  EXPECT_TRUE(at("0.19.1").habits.paddedValues);  // SlidingWindowSpec.head_size_v
  EXPECT_FALSE(at("0.20.0").habits.paddedValues);
  EXPECT_EQ(at("0.25.1").batchesInFlight, 1);  // max_in_flight_tokens
  EXPECT_EQ(at("0.26.0").batchesInFlight, 2);
}

// vllm/platforms/interface.py, _align_hybrid_block_size: a block of latent attention beside states is a multiple of 64
// (before 0.20), of 16 (until 0.26), of 128; vllm/config/vllm.py, use_v2_model_runner: which models fill a pipeline
// with one batch more.
TEST(VllmPages, BlocksAndBatchesChangeWithTheRelease) {
  const auto rules = [](const char* version, bool latent, const char* named, std::int64_t stages) {
    Scenario s;
    auto model = std::make_shared<Model>();
    LayerKind kind;
    kind.attention.kind = latent ? AttentionKind::latent : AttentionKind::full;
    kind.mlp.kind = MlpKind::experts;
    model->kinds = {kind};
    model->named = named;
    s.model = model;
    Settings settings;
    settings.version = engineVersion(version);
    settings.parallel.pipeline = stages;
    return pageRules(s, settings, {});
  };
  EXPECT_EQ(rules("0.19.1", true, "", 1).granule, 64);
  EXPECT_EQ(rules("0.20.0", true, "", 1).granule, 16);
  EXPECT_EQ(rules("0.26.0", true, "", 1).granule, 16);
  EXPECT_EQ(rules("0.27.0", true, "", 1).granule, 128);
  EXPECT_EQ(rules("0.28.0", false, "OlmoeForCausalLM", 4).batchesInFlight, 4);
  EXPECT_EQ(rules("0.28.0", false, "InklingForCausalLM", 4).batchesInFlight, 5);
  EXPECT_EQ(rules("0.29.0", false, "OlmoeForCausalLM", 4).batchesInFlight, 5);
}

TEST(VllmPages, LongerSequencesNeverNeedFewerBlocks) {
  for (const json& row : rows()) {
    const Model m = modelOf(row.at("layers"));
    RankPart part;
    part.layers = {0, m.layers()};
    const PageRules rules;
    const PageLayout layout = pageLayout(m, part, {}, rules);
    std::int64_t before = 0;
    for (std::int64_t tokens : {1, 15, 16, 17, 511, 512, 513, 4096, 65536, 1000000}) {
      const std::int64_t blocks = layout.blocksOf(tokens, 2048, rules);
      EXPECT_GE(blocks, before) << row["id"] << " " << tokens;
      before = blocks;
    }
  }
}

TEST(VllmPages, AModelWithoutCacheHoldsNoTokens) {
  Model m;
  m.kinds.resize(1);
  m.kinds[0].count = 2;
  m.order = {0, 0};
  RankPart part;
  part.layers = {0, 2};
  const PageLayout layout = pageLayout(m, part, {}, {});
  EXPECT_EQ(pagePool(layout, 1e10, 4096, 2048, {}).tokens, 0);
}

}  // namespace
}  // namespace headroom
