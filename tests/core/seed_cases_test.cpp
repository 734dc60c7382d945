// The figures the four rule-of-thumb texts promise, asked of the library; the same memory rows run through the command
// line in tests/cli.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/estimate/estimate.h"
#include "core/estimate/lora.h"
#include "core/estimate/rules_of_thumb.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

const nlohmann::json& cases() {
  static const nlohmann::json data = [] {
    std::ifstream file(HEADROOM_TEST_DATA "/seed_cases.json");
    return nlohmann::json::parse(file);
  }();
  return data;
}

double unitOf(const std::string& name) {
  return name == "GiB"   ? static_cast<double>(kGiB)
         : name == "MiB" ? static_cast<double>(kMiB)
         : name == "GB"  ? static_cast<double>(kGB)
                         : static_cast<double>(kMB);
}

Bytes answer(const Ledger& ledger, const std::string& component) {
  if (component == "total") return ledger.total();
  const auto of = [&ledger](ComponentId id) { return ledger.bytes(id); };
  if (component == "states")
    return of(ComponentId::weights) + of(ComponentId::gradients) + of(ComponentId::optimizer_states) +
           of(ComponentId::master_weights);
  for (std::size_t i = 0; i < kComponentCount; ++i)
    if (idOf(static_cast<ComponentId>(i)) == component) return of(static_cast<ComponentId>(i));
  ADD_FAILURE() << "no component " << component;
  return {};
}

TEST(SeedCases, MemoryOfEveryRow) {
  ASSERT_GE(cases()["memory"].size(), 30u);
  for (const auto& row : cases()["memory"]) {
    const std::string id = row["id"];
    const auto scenario = readScenario(row["scenario"].dump(), id);
    ASSERT_TRUE(scenario) << scenario.error().text();
    const Estimate estimated = estimate(*scenario);
    const double halfDigit = 0.5001 * std::pow(10.0, -row["decimals"].get<int>());
    for (const auto& [component, expected] : row["expect"].items())
      EXPECT_NEAR(static_cast<double>(answer(estimated.heaviest().ledger, component).value()) / unitOf(row["unit"]),
                  expected.get<double>(), halfDigit)
          << id << " " << component;
  }
}

double percent(std::int64_t part, std::int64_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

TEST(SeedCases, ParametersCountedByHand) {
  for (const auto& row : cases()["hand_counts"])
    EXPECT_EQ(handCountedParameters(row["vocabulary"], row["hidden"], row["layers"]),
              row["parameters"].get<std::int64_t>())
        << row;
}

TEST(SeedCases, LoraParametersOfOneLayer) {
  for (const auto& row : cases()["lora_layers"]) {
    const std::int64_t parameters = loraParameters(row["in"], row["out"], row["rank"].get<std::int64_t>());
    EXPECT_EQ(parameters, row["parameters"].get<std::int64_t>());
    EXPECT_EQ(row["in"].get<std::int64_t>() * row["out"].get<std::int64_t>(), row["of"].get<std::int64_t>());
    EXPECT_NEAR(percent(parameters, row["of"]), row["percent"], 0.005);
  }
}

Tensor linear(const char* name, TensorRole role, std::int64_t in, std::int64_t out) {
  Tensor t;
  t.name = name;
  t.role = role;
  t.rows = out;
  t.columns = in;
  t.linear = true;
  return t;
}

TEST(SeedCases, LoraParametersOfAModel) {
  constexpr std::array<std::pair<const char*, TensorRole>, 7> kModules{{{"q_proj.weight", TensorRole::q_proj},
                                                                        {"k_proj.weight", TensorRole::k_proj},
                                                                        {"v_proj.weight", TensorRole::v_proj},
                                                                        {"o_proj.weight", TensorRole::o_proj},
                                                                        {"gate_proj.weight", TensorRole::gate_proj},
                                                                        {"up_proj.weight", TensorRole::up_proj},
                                                                        {"down_proj.weight", TensorRole::down_proj}}};
  for (const auto& row : cases()["lora_models"]) {
    Model model;
    LayerKind kind;
    kind.count = row["layers"];
    for (std::size_t i = 0; i < kModules.size(); ++i)
      kind.tensors.push_back(linear(kModules[i].first, kModules[i].second, row["shapes"][i][0], row["shapes"][i][1]));
    model.kinds.push_back(kind);
    model.globals.push_back(linear("lm_head.weight", TensorRole::head, 4096, 128'256));
    const std::int64_t all = loraParameters(model, Targets{}, row["rank"].get<std::int64_t>());
    EXPECT_EQ(all, row["parameters"].get<std::int64_t>());
    EXPECT_NEAR(percent(all, row["of"]), row["percent"], 0.0005);
    // Naming all seven modules asks for the same, and fewer modules never need more.
    Targets named{Targets::Kind::named, {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}};
    EXPECT_EQ(loraParameters(model, named, row["rank"].get<std::int64_t>()), all);
    EXPECT_LT(loraParameters(model, Targets{Targets::Kind::attention, {}}, row["rank"].get<std::int64_t>()), all);
  }
}

TEST(SeedCases, OptimizerStatesAndEffectiveBatch) {
  for (const auto& [name, states] : cases()["optimizer_states_per_parameter"].items()) {
    const auto optimizer = valueOf<Optimizer>(name);
    ASSERT_TRUE(optimizer) << name;
    EXPECT_EQ(optimizerStatesPerParameter(*optimizer), states.get<double>()) << name;
  }
  for (const auto& row : cases()["effective_batch"])
    EXPECT_EQ(effectiveBatch(row["batch"], row["accumulation"]), row["effective"].get<std::int64_t>());
}

}  // namespace
}  // namespace headroom
