#include "core/hardware/accelerator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

namespace headroom {
namespace {

const nlohmann::json& expected() {
  static const nlohmann::json data = [] {
    std::ifstream file(HEADROOM_TEST_DATA "/accelerators.json");
    return nlohmann::json::parse(file);
  }();
  return data;
}

TEST(Accelerators, EverySpellingUsedByRunsAndDriversResolves) {
  for (const auto& [id, name] : expected()["ids"].items()) {
    const Accelerator* entry = findAccelerator(id);
    ASSERT_NE(entry, nullptr) << id;
    EXPECT_EQ(entry->name, name.get<std::string>()) << id;
  }
}

TEST(Accelerators, CapacityIsWhatAProcessSees) {
  for (const auto& row : expected()["capacities"]) {
    const std::string id = row["id"];
    const Accelerator* entry = findAccelerator(id);
    ASSERT_NE(entry, nullptr) << id;
    const Accelerator::Capacity capacity = entry->capacity();
    const double gib = row["gib"];
    // Two decimals are printed unless the row says otherwise.
    const double tolerance = row.contains("within") ? row["within"].get<double>() * gib : 0.006;
    EXPECT_NEAR(static_cast<double>(capacity.bytes.value()) / static_cast<double>(kGiB), gib, tolerance) << id;
    EXPECT_EQ(capacity.assumed, row["assumed"].get<bool>()) << id;
  }
}

TEST(Accelerators, EveryEntryIsUsableAndSourced) {
  ASSERT_GE(accelerators().size(), 200u);
  std::set<std::string> ids;
  for (const Accelerator& a : accelerators()) {
    EXPECT_TRUE(ids.insert(a.id).second) << a.id << " occurs twice";
    EXPECT_EQ(findAccelerator(a.id), &a) << a.id;
    EXPECT_EQ(findAccelerator(a.name), &a) << a.name;
    EXPECT_FALSE(a.sources.empty()) << a.id;
    EXPECT_FALSE(a.vendor.empty()) << a.id;
    // No device offers a process more than it has, nor less than half of it.
    const double printed = a.printedGb * static_cast<double>(kGiB);
    const auto usable = static_cast<double>(a.capacity().bytes.value());
    EXPECT_LE(usable, printed * 1.01) << a.id;
    EXPECT_GE(usable, printed * 0.5) << a.id;
  }
}

TEST(Accelerators, TheFilesLayoutMeansNothing) {
  std::ifstream file(HEADROOM_SOURCE_DIR "/resources/catalogue/accelerators.json");
  const nlohmann::json catalogue = nlohmann::json::parse(file);
  const std::vector<Accelerator> shipped(accelerators().begin(), accelerators().end());
  EXPECT_EQ(readAccelerators(catalogue.dump(4)), shipped);
  EXPECT_EQ(readAccelerators(catalogue.dump()), shipped);
}

TEST(Accelerators, SourcesAreAddressesOrNamedLogs) {
  for (const Accelerator& a : accelerators())
    for (const std::string& source : a.sources)
      EXPECT_THAT(source, testing::AnyOf(testing::StartsWith("http"), testing::StartsWith("public log"),
                                         testing::StartsWith("memory totals as"), testing::HasSubstr(" ")))
          << a.id;
  EXPECT_THAT(findAccelerator("t4")->sources,
              testing::Contains("https://www.techpowerup.com/gpu-specs/tesla-t4.c3316"));
}

TEST(Accelerators, AKnownCardWithAnotherMemoryIsThatCardWithIt) {
  const Accelerator* more = findAccelerator("rtx-4090-48gb");
  ASSERT_NE(more, nullptr);
  EXPECT_EQ(findAccelerator("NVIDIA RTX 4090 48GB"), more);
  EXPECT_EQ(more->computeCapability, findAccelerator("rtx-4090")->computeCapability);
  // What the driver keeps is that of a 48 GB card, not the 24 GB card's.
  const double gib = static_cast<double>(more->capacity().bytes.value()) / static_cast<double>(kGiB);
  EXPECT_GT(gib, 47.0);
  EXPECT_LT(gib, 47.7);
  EXPECT_TRUE(more->capacity().assumed);
  // A size Apple does not sell is the chip with the share macOS gives that size.
  const Accelerator* mac = findAccelerator("apple-m4-max-96gb");
  ASSERT_NE(mac, nullptr);
  EXPECT_EQ(mac->capacity().bytes, Bytes(72 * kGiB));
  for (const char* id : {"rtx-4090-0gb", "rtx-4090-gb", "rtx-4091-48gb", "rtx-4090-99999gb", "-48gb"})
    EXPECT_EQ(findAccelerator(id), nullptr) << id;
}

TEST(Accelerators, APartOfANameThatMeansOneCardFindsIt) {
  const std::pair<const char*, const char*> kParts[] = {
      {"4090", "rtx-4090"},
      {"RTX 4090", "rtx-4090"},
      {"4090 laptop", "rtx-4090-laptop"},
      {"4090-d", "rtx-4090-d"},
      {"3060", "rtx-3060"},
      {"4070 ti", "rtx-4070-ti"},
      {"w7900", "radeon-pro-w7900"},
      {"a770", "arc-a770-16gb"},
      {"7900 XTX", "rx-7900-xtx"},
      {"a6000", "rtx-a6000"},
      {"m4-max-64gb", "apple-m4-max-64gb"},
  };
  for (const auto& [part, id] : kParts) {
    const Accelerator* found = findAccelerator(part);
    ASSERT_NE(found, nullptr) << part;
    EXPECT_EQ(found->id, id) << part;
  }
  EXPECT_EQ(findAccelerator("4090-48gb")->printedGb, 48);
  // Several are called so and none is the others' plain form; or it is a size, a suffix, a digit.
  for (const char* vague :
       {"6000", "7900", "4000", "m4-max", "80gb", "16gb", "ti", "max", "xt-16gb", "laptop", "4", "90", "orin-nano"})
    EXPECT_EQ(findAccelerator(vague), nullptr) << vague;
}

TEST(Accelerators, UnknownIdsAreNotGuessedButTheirNeighboursNamed) {
  EXPECT_EQ(findAccelerator("rtx-4091"), nullptr);
  EXPECT_EQ(findAccelerator(""), nullptr);
  EXPECT_EQ(findAccelerator(std::string(100'000, 'x')), nullptr);
  EXPECT_THAT(nearestAccelerators("rtx-4091"), testing::Contains("rtx-4090"));
  EXPECT_THAT(nearestAccelerators("mi-300x", 1), testing::ElementsAre("mi300x"));
  EXPECT_THAT(nearestAccelerators("H100 80GB HBM4", 3), testing::Contains("h100-sxm-80gb"));  // by an alias
  EXPECT_THAT(nearestAccelerators("a toaster of another kind"), testing::IsEmpty());
  EXPECT_THAT(unknownAccelerator("rtx-4091"), testing::HasSubstr("rtx-4090 (GeForce RTX 4090)"));
  EXPECT_THAT(unknownAccelerator("\x1b[2J"), testing::Not(testing::HasSubstr("\x1b")));
}

TEST(Accelerators, ANameOfSeveralSizesNamesTheOthers) {
  const auto others = [](std::string_view name) {
    std::vector<std::string> ids;
    for (const Accelerator* a : otherSizes(name)) ids.push_back(a->id);
    return ids;
  };
  using testing::ElementsAre;
  using testing::IsEmpty;
  EXPECT_THAT(others("a100"), ElementsAre("a100-pcie-80gb", "a100-sxm-80gb"));
  EXPECT_THAT(others("V100"), testing::Contains("v100-sxm-32gb"));
  EXPECT_THAT(others("4060 ti"), ElementsAre("rtx-4060-ti-16gb"));
  EXPECT_THAT(others("NVIDIA GeForce RTX 4060 Ti"), ElementsAre("rtx-4060-ti-16gb"));
  EXPECT_THAT(others("3080"), ElementsAre("rtx-3080-12gb"));
  for (const char* clear : {"rtx-3080", "a100-40gb", "a100-sxm-80gb", "NVIDIA A100-SXM4-80GB", "colab-a100", "4090",
                            "rtx-4090-48gb", "no such card"})
    EXPECT_THAT(others(clear), IsEmpty()) << clear;
}

}  // namespace
}  // namespace headroom
