#include "core/formats/safetensors/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/formats/model_source.h"
#include "core/model/weight_bytes.h"
#include "tests/support/safetensors_writer.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
using test::safetensorsHeader;
using test::WrittenTensor;
using testing::Contains;
using testing::HasSubstr;

constexpr const char* kConfig =
    R"({"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 1,
  "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 100, "tie_word_embeddings": true, "torch_dtype": "bfloat16"})";

std::vector<WrittenTensor> checkpoint() {
  const std::string layer = "model.layers.0.";
  const auto bf16 = [](std::string name, std::vector<std::int64_t> shape) {
    std::uint64_t bytes = 2;
    for (const std::int64_t n : shape) bytes *= static_cast<std::uint64_t>(n);
    return WrittenTensor{std::move(name), "BF16", std::move(shape), bytes};
  };
  return {bf16("model.embed_tokens.weight", {100, 64}),
          bf16(layer + "input_layernorm.weight", {64}),
          bf16(layer + "post_attention_layernorm.weight", {64}),
          bf16(layer + "self_attn.q_proj.weight", {64, 64}),
          bf16(layer + "self_attn.k_proj.weight", {32, 64}),
          bf16(layer + "self_attn.v_proj.weight", {32, 64}),
          bf16(layer + "self_attn.o_proj.weight", {64, 64}),
          bf16(layer + "mlp.gate_proj.weight", {128, 64}),
          bf16(layer + "mlp.up_proj.weight", {128, 64}),
          bf16(layer + "mlp.down_proj.weight", {64, 128}),
          bf16("model.norm.weight", {64})};
}

class Safetensors : public testing::Test {
 protected:
  Safetensors() {
    fs::remove_all(folder);
    fs::create_directories(folder);
    write("config.json", kConfig);
  }
  ~Safetensors() override { fs::remove_all(folder); }
  void write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
  }
  std::string errorOf(const std::string& bytes) {
    write("model.safetensors", bytes);
    const auto header = readSafetensorsFile(folder + "/model.safetensors");
    return header ? "" : header.error().text();
  }
  std::string folder =
      testing::TempDir() + "headroom-safetensors-" + testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(Safetensors, WeightBytesAreWhatTheHeaderSays) {
  auto tensors = checkpoint();
  test::writeSafetensors(folder + "/model.safetensors", tensors);
  auto model = modelFromFile(folder);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(model->notes.size(), 0u) << testing::PrintToString(model->notes);
  const Bytes stored = weightBytes(*model, AsStored{});
  EXPECT_EQ(stored, weightBytes(*model, NumberFormat::bf16));
  // A stored copy of the tied head, and a buffer, count.
  tensors.push_back({"lm_head.weight", "BF16", {100, 64}, 12'800});
  test::writeSafetensors(folder + "/model.safetensors", tensors);
  model = modelFromFile(folder + "/model.safetensors");
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(weightBytes(*model, AsStored{}), stored + Bytes(12'800));
}

TEST_F(Safetensors, NamesWhatDiffersFromTheConfiguration) {
  auto tensors = checkpoint();
  tensors[3].shape = {64, 32};
  tensors[3].bytes = 64 * 32 * 2;
  tensors[4].name = "model.layers.0.self_attn.other.weight";
  test::writeSafetensors(folder + "/model.safetensors", tensors);
  const auto model = modelFromFile(folder);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_THAT(model->notes, Contains(HasSubstr("missing from the files: model.layers.0.self_attn.k_proj.weight")));
  EXPECT_THAT(model->notes,
              Contains(HasSubstr("not expected by the configuration: model.layers.0.self_attn.other.weight")));
  EXPECT_THAT(model->notes,
              Contains(HasSubstr("another shape than the configuration says: model.layers.0.self_attn.q_proj.weight")));
}

TEST_F(Safetensors, SumsTheFilesOfAnIndex) {
  auto tensors = checkpoint();
  const std::vector<WrittenTensor> rest(tensors.begin() + 4, tensors.end());
  tensors.resize(4);
  test::writeSafetensors(folder + "/one.safetensors", tensors);
  test::writeSafetensors(folder + "/two.safetensors", rest);
  write("model.safetensors.index.json",
        R"({"metadata": {}, "weight_map": {"a": "one.safetensors", "b": "two.safetensors", "c": "two.safetensors"}})");
  const auto model = modelFromFile(folder + "/model.safetensors.index.json");
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(weightBytes(*model, AsStored{}), weightBytes(*model, NumberFormat::bf16));
  EXPECT_TRUE(model->notes.empty());
}

TEST_F(Safetensors, EveryKindOfDamageHasItsOwnMessage) {
  EXPECT_THAT(errorOf(""), HasSubstr("too short"));
  EXPECT_THAT(errorOf(std::string(64, '\x7f')), HasSubstr("claims a header"));
  EXPECT_THAT(errorOf(safetensorsHeader(checkpoint()).substr(0, 100)), HasSubstr("ends inside its header"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, "[1, 2]")), HasSubstr("not the JSON object"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w": 5})")), HasSubstr("\"w\" is not described"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w": {"dtype": "BF16"}})")),
              HasSubstr("lacks dtype, shape or data_offsets"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w": {"dtype": "X9", "shape": [], "data_offsets": [0, 0]}})")),
              HasSubstr("unknown dtype"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}})")),
              HasSubstr("holds 0 bytes of data"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w": {"dtype": "U8", "shape": [4], "data_offsets": [4, 0]}})")),
              HasSubstr("lies at bytes"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w": {"dtype": "U8", "shape": [-4], "data_offsets": [0, 0]}})")),
              HasSubstr("not a count"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w": {"dtype": "U8", "shape": [5], "data_offsets": [0, 0]}})")),
              HasSubstr("ask for 5"));
  EXPECT_THAT(
      errorOf(safetensorsHeader(
          {},
          R"({"w": {"dtype": "F64", "shape": [4611686018427387904, 4611686018427387904], "data_offsets": [0, 0]}})")),
      HasSubstr("more bytes than can be counted"));
}

// The order of an entry's keys and the blanks between them mean nothing.
TEST_F(Safetensors, ReadsCompactAndOtherLayoutsAlike) {
  std::string compact = R"({"__metadata__":{"format":"pt","note":"a, b"})";
  constexpr int kTensors = 20'000;
  for (int i = 0; i < kTensors; ++i) {
    const std::string name = "layer." + std::string(static_cast<std::size_t>(i % 61), 'x') + std::to_string(i);
    const std::string offsets = "[" + std::to_string(6 * i) + "," + std::to_string(6 * i + 6) + "]";
    compact += i % 2 == 0 ? R"(,")" + name + R"(":{"dtype":"BF16","shape":[1,3],"data_offsets":)" + offsets + "}"
                          : R"(,")" + name + R"(":{"data_offsets":)" + offsets + R"(,"dtype":"I16","shape":[3]})";
  }
  compact += "}";
  const std::string data(6 * kTensors, '\0');
  std::string spaced;
  for (const char c : compact) spaced += c == ':' || c == ',' ? std::string(" ") + c + " " : std::string(1, c);
  const auto compactly = readSafetensors(safetensorsHeader({}, compact) + data, "compact");
  const auto spacedly = readSafetensors(safetensorsHeader({}, " " + spaced) + data, "spaced");
  ASSERT_TRUE(compactly) << compactly.error().text();
  ASSERT_TRUE(spacedly) << spacedly.error().text();
  ASSERT_EQ(compactly->tensors.size(), static_cast<std::size_t>(kTensors));
  ASSERT_EQ(spacedly->tensors.size(), compactly->tensors.size());
  EXPECT_EQ(compactly->bytes, Bytes(6 * kTensors));
  for (std::size_t i = 0; i < compactly->tensors.size(); ++i) {
    ASSERT_EQ(compactly->tensors[i].name, spacedly->tensors[i].name);
    ASSERT_EQ(compactly->tensors[i].dtype, spacedly->tensors[i].dtype);
    ASSERT_EQ(compactly->tensors[i].elements, spacedly->tensors[i].elements);
  }
}

TEST_F(Safetensors, ReadsALargeHeaderInOrder) {
  constexpr int kTensors = 60'000;  // some 6 MB
  const auto headerWith = [](const std::string& inNames) {
    std::string compact = "{";
    for (int i = 0; i < kTensors; ++i)
      compact += (i == 0 ? R"(")" : R"(,")") + std::to_string(i) + inNames + std::string(40, 'x') +
                 R"(":{"dtype":"U8","shape":[2],"data_offsets":[)" + std::to_string(2 * i) + "," +
                 std::to_string(2 * i + 2) + "]}";
    return compact + "}  ";
  };
  const std::string data(2 * kTensors, '\0');
  // Names may hold what elsewhere ends an entry.
  for (const std::string& inNames : {std::string(), std::string("},"), std::string("{},:") + std::string(30, '}')}) {
    const auto header = readSafetensors(safetensorsHeader({}, headerWith(inNames)) + data, "large");
    ASSERT_TRUE(header) << header.error().text();
    ASSERT_EQ(header->tensors.size(), static_cast<std::size_t>(kTensors));
    EXPECT_EQ(header->bytes, Bytes(2 * kTensors));
    for (int i = 0; i < kTensors; ++i)
      ASSERT_EQ(header->tensors[static_cast<std::size_t>(i)].name, std::to_string(i) + inNames + std::string(40, 'x'));
  }
  // Damage anywhere is found, and named.
  std::string damaged = headerWith("");
  for (const int tensor : {5, kTensors / 2, kTensors - 5}) {
    std::string header = damaged;
    const std::string offsets = "[" + std::to_string(2 * tensor) + ",";
    header.replace(header.find(offsets), offsets.size() - 1, "[" + std::to_string(2 * tensor - 1));
    EXPECT_THAT(errorOf(safetensorsHeader({}, header) + data), HasSubstr("\"" + std::to_string(tensor) + "x"));
  }
}

TEST_F(Safetensors, ReadsEscapedForeignAndLongNames) {
  const std::string longest(300'000, 'n');
  for (const std::string& name : {std::string(R"(a\"b)"), std::string("wört"), longest}) {
    const auto header = readSafetensors(
        safetensorsHeader({}, R"({")" + name + R"(":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})") + "..",
        "named");
    ASSERT_TRUE(header) << header.error().text();
    ASSERT_EQ(header->tensors.size(), 1u);
    EXPECT_EQ(header->tensors[0].name, name == R"(a\"b)" ? "a\"b" : name);
  }
}

TEST_F(Safetensors, RefusesNumbersThatAreNoneAndBytesBehindTheHeader) {
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}})") + "."),
              HasSubstr("not the JSON object"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}} x)") + "."),
              HasSubstr("not the JSON object"));
  EXPECT_THAT(errorOf(safetensorsHeader({}, R"({"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)") + "."),
              HasSubstr("not the JSON object"));
  EXPECT_THAT(
      errorOf(safetensorsHeader({}, R"({"w":{"dtype":"U8","shape":[9999999999999999999],"data_offsets":[0,1]}})") +
              "."),
      HasSubstr("not a count"));
}

TEST_F(Safetensors, RefusesAnIndexThatLeadsElsewhere) {
  write("model.safetensors.index.json", R"({"weight_map": {"a": "../secret.safetensors"}})");
  const auto header = readSafetensorsIndex(folder + "/model.safetensors.index.json");
  ASSERT_FALSE(header);
  EXPECT_THAT(header.error().message, HasSubstr("outside its folder"));
}

TEST_F(Safetensors, TheFilesAreRightWhereTheQuantizationSaysSomethingElse) {
  const std::string config(kConfig);
  write("config.json", config.substr(0, config.size() - 1) + R"(,"quantization_config":{"quant_method":"fp8"}})");
  auto tensors = checkpoint();  // nothing is converted after all
  test::writeSafetensors(folder + "/model.safetensors", tensors);
  auto model = modelFromFile(folder);
  ASSERT_TRUE(model) << model.error().text();
  for (const Tensor& t : model->kinds.front().tensors)
    EXPECT_TRUE(isPlainFloat(formatOf(*model, t, AsStored{}))) << t.name;
  EXPECT_EQ(model->doubts.size(), 0u) << testing::PrintToString(model->doubts);
  // One matrix in packed words that nothing speaks of.
  write("config.json", kConfig);
  tensors[3] = {"model.layers.0.self_attn.q_proj.qweight", "I32", {8, 64}, 2048};
  test::writeSafetensors(folder + "/model.safetensors", tensors);
  model = modelFromFile(folder);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_THAT(model->doubts, Contains(HasSubstr("q_proj")));
}

TEST_F(Safetensors, AQuantizationInAFileBesideTheConfigurationCounts) {
  write("hf_quant_config.json", R"({"quantization":{"quant_algo":"FP8","exclude_modules":["lm_head"]}})");
  auto model = modelFromFile(folder);
  ASSERT_TRUE(model) << model.error().text();
  // 36,864 elements in the layer's Linears a byte each, two fp32 scales a Linear; 6,592 others in 16 bit.
  EXPECT_EQ(weightBytes(*model, AsStored{}), Bytes(36'864 + 7 * 8 + 2 * (6'400 + 3 * 64)));
  EXPECT_THAT(model->notes, Contains(HasSubstr("hf_quant_config.json")));
  // The configuration's own section wins, and a file that is no JSON is said.
  const std::string config(kConfig);
  write("config.json", config.substr(0, config.size() - 1) + R"(,"quantization_config":{"quant_method":"bitnet"}})");
  EXPECT_EQ(modelFromFile(folder)->quantization->method, "bitnet");
  write("config.json", kConfig);
  write("hf_quant_config.json", "[");
  model = modelFromFile(folder);
  ASSERT_TRUE(model);
  EXPECT_THAT(model->doubts, Contains(HasSubstr("hf_quant_config.json")));
}

}  // namespace
}  // namespace headroom
