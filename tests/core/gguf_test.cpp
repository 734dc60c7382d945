#include "core/formats/gguf/gguf.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "core/estimate/estimate.h"
#include "core/formats/model_source.h"
#include "core/model/gguf_mix.h"
#include "core/open/catalogue.h"
#include "tests/support/gguf_writer.h"

namespace headroom {
namespace {

using test::GgufWriter;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("headroom-gguf-" + std::to_string(::getpid()) + "-" +
                                           ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  // The header, then nothing but room for the data: a file of any size takes no disk.
  std::string sparse(const std::string& name, const GgufWriter& writer) const {
    const fs::path file = path_ / name;
    const std::string header = writer.header();
    std::ofstream(file, std::ios::binary).write(header.data(), static_cast<std::streamsize>(header.size()));
    fs::resize_file(file, writer.fileBytes());
    return file.string();
  }

 private:
  fs::path path_;
};

void writeSmall(GgufWriter& w) {
  w.text("general.architecture", "llama");
  w.u32("llama.block_count", 2);
  w.f32("llama.rope.freq_base", 10000.0F);
  w.numbers("llama.attention.head_count_kv", {4, 2});
  w.strings("tokenizer.ggml.tokens", 1000, "token");
  w.tensor("token_embd.weight", {256, 1000}, 12, 144000);
  w.tensor("output_norm.weight", {256}, 0, 1024);
}

TEST(Gguf, ReadsBothVersionsAndBothByteOrdersAlike) {
  for (const bool big : {false, true})
    for (const std::uint32_t version : {2U, 3U}) {
      GgufWriter w(version, big);
      writeSmall(w);
      const auto header = readGguf(w.file(), "memory");
      ASSERT_TRUE(header) << header.error().text();
      EXPECT_EQ(header->version, version);
      EXPECT_EQ(header->bigEndian, big);
      EXPECT_EQ(header->text("general.architecture"), "llama");
      EXPECT_EQ(header->integer("llama.block_count"), 2);
      EXPECT_EQ(header->number("llama.rope.freq_base"), 10000.0);
      EXPECT_EQ(std::get<GgufArray>(*header->find("llama.attention.head_count_kv")).numbers,
                (std::vector<double>{4, 2}));
      EXPECT_EQ(std::get<GgufArray>(*header->find("tokenizer.ggml.tokens")).count, 1000U);
      ASSERT_EQ(header->tensors.size(), 2U);
      EXPECT_EQ(header->tensors[0].format, NumberFormat::q4_k);
      EXPECT_EQ(header->tensorBytes(), Bytes(144000 + 1024));
    }
}

TEST(Gguf, ReadsEveryTypeOfValue) {
  GgufWriter w;
  const std::map<std::uint32_t, std::string> values{
      {0, GgufWriter::raw<std::uint8_t>(7)},  {1, GgufWriter::raw<std::int8_t>(7)},
      {2, GgufWriter::raw<std::uint16_t>(7)}, {3, GgufWriter::raw<std::int16_t>(7)},
      {4, GgufWriter::raw<std::uint32_t>(7)}, {5, GgufWriter::raw<std::int32_t>(7)},
      {6, GgufWriter::raw<float>(7)},         {10, GgufWriter::raw<std::uint64_t>(7)},
      {11, GgufWriter::raw<std::int64_t>(7)}, {12, GgufWriter::raw<double>(7)}};
  for (const auto& [type, bytes] : values) w.entry("k" + std::to_string(type), type, bytes);
  w.entry("flag", 7, GgufWriter::raw<std::uint8_t>(1));
  const auto header = readGguf(w.file(), "memory");
  ASSERT_TRUE(header) << header.error().text();
  for (const auto& [type, bytes] : values) EXPECT_EQ(header->number("k" + std::to_string(type)), 7.0) << type;
  EXPECT_EQ(header->number("flag"), 1.0);
}

TEST(Gguf, SizesEveryTensorTypeIncludingRemovedCopies) {
  // Type id, elements of a block, bytes of a block: ggml/src/ggml.c, type traits (ggml 0.20.2).
  const std::vector<std::array<std::int64_t, 3>> types{
      {0, 1, 4},      {1, 1, 2},     {2, 32, 18},    {3, 32, 20},    {6, 32, 22},    {7, 32, 24},    {8, 32, 34},
      {9, 32, 36},    {10, 256, 84}, {11, 256, 110}, {12, 256, 144}, {13, 256, 176}, {14, 256, 210}, {15, 256, 292},
      {16, 256, 66},  {17, 256, 74}, {18, 256, 98},  {19, 256, 50},  {20, 32, 18},   {21, 256, 110}, {22, 256, 82},
      {23, 256, 136}, {24, 1, 1},    {25, 1, 2},     {26, 1, 4},     {27, 1, 8},     {28, 1, 8},     {29, 256, 56},
      {30, 1, 2},     {31, 32, 18},  {33, 32, 18},   {34, 256, 54},  {35, 256, 66},  {38, 32, 18},   {39, 32, 17},
      {40, 64, 36},   {41, 128, 18}, {42, 64, 18}};
  for (const auto& [id, block, bytes] : types) {
    GgufWriter w;
    w.tensor("t", {512, 3}, static_cast<std::uint32_t>(id), static_cast<std::uint64_t>(512 / block * bytes * 3));
    const auto header = readGguf(w.file(), "memory");
    ASSERT_TRUE(header) << id << ": " << header.error().text();
    EXPECT_EQ(header->tensors[0].bytes, Bytes(512 / block * bytes * 3)) << id;
  }
}

struct Wrong {
  std::string what, bytes, message;
};

std::vector<Wrong> wrongFiles() {
  const auto file = [](auto change, std::uint32_t version = 3) {
    GgufWriter w(version);
    change(w);
    return w.file();
  };
  const auto tensor = [&](std::vector<std::int64_t> shape, std::uint32_t type) {
    return file([&](GgufWriter& w) { w.tensor("blk.0.w", shape, type, 64); });
  };
  const std::string good = file(writeSmall);
  return {
      {"empty", "", "too short"},
      {"magic", std::string(64, 'x'), "does not begin with 'GGUF'"},
      {"version 1", file(writeSmall, 1), "version 1"},
      {"version 4", file(writeSmall, 4), "version 4"},
      {"cut header", good.substr(0, 300), "does not fit"},
      {"cut data", good.substr(0, good.size() - 1), "not downloaded completely"},
      {"tensor count", file([](GgufWriter& w) { w.setCounts(1ULL << 60, 0); }), "tensors do not fit"},
      {"entry count", file([](GgufWriter& w) { w.setCounts(0, 1ULL << 60); }), "entries do not fit"},
      {"key length", file([](GgufWriter& w) { w.entry(std::string(70'000, 'k'), 4, "1234"); }), "too long"},
      {"text length", file([](GgufWriter& w) { w.entry("k", 8, GgufWriter::raw<std::uint64_t>(1ULL << 62)); }),
       "does not fit"},
      {"value type", file([](GgufWriter& w) { w.entry("k", 13, "1234"); }), "unknown type 13"},
      {"nested array", file([](GgufWriter& w) {
         w.entry("k", 9, GgufWriter::raw<std::uint32_t>(9) + GgufWriter::raw<std::uint64_t>(1));
       }),
       "array of arrays"},
      {"array length", file([](GgufWriter& w) {
         w.entry("k", 9, GgufWriter::raw<std::uint32_t>(12) + GgufWriter::raw<std::uint64_t>(1ULL << 61));
       }),
       "numbers does not fit"},
      {"string list", file([](GgufWriter& w) {
         w.entry("k", 9, GgufWriter::raw<std::uint32_t>(8) + GgufWriter::raw<std::uint64_t>(1ULL << 61));
       }),
       "strings does not fit"},
      {"twice", file([](GgufWriter& w) { w.u32("k", 1), w.u32("k", 2); }), "stands in the file twice"},
      {"alignment", file([](GgufWriter& w) { w.u32("general.alignment", 48); }), "alignment of 48"},
      {"dimensions", tensor({1, 1, 1, 1, 1}, 0), "5 dimensions"},
      {"tensor type", tensor({32}, 4), "type 4"},
      {"negative", tensor({-5}, 0), "impossible shape"},
      {"overflow", tensor({1LL << 40, 1LL << 40}, 0), "impossible shape"},
      {"row", tensor({100, 2}, 12), "no whole blocks"},
      {"offset", file([](GgufWriter& w) {
         w.tensor("a", {8}, 0, 32), w.u32("general.alignment", 1024), w.tensor("b", {8}, 0, 32);
       }),
       "no multiple of 1024"},
  };
}

TEST(Gguf, EachMalformationHasItsOwnError) {
  for (const Wrong& wrong : wrongFiles()) {
    const auto header = readGguf(wrong.bytes, "bad.gguf");
    ASSERT_FALSE(header) << wrong.what;
    EXPECT_THAT(header.error().text(), HasSubstr(wrong.message)) << wrong.what;
    EXPECT_THAT(header.error().text(), HasSubstr("bad.gguf")) << wrong.what;
  }
}

TEST(Gguf, EveryCutEndsInAnErrorAndNeverInACrash) {
  GgufWriter w;
  writeSmall(w);
  const std::string header = w.header();
  for (std::size_t n = 0; n < header.size(); n += 7)
    EXPECT_FALSE(readGguf(std::string_view(header).substr(0, n), "cut")) << n;
}

std::uint32_t typeId(NumberFormat format) {
  const std::map<NumberFormat, std::uint32_t> ids{
      {NumberFormat::fp32, 0},  {NumberFormat::fp16, 1}, {NumberFormat::q4_k, 12}, {NumberFormat::q5_k, 13},
      {NumberFormat::q6_k, 14}, {NumberFormat::q8_0, 8}, {NumberFormat::q5_0, 6},  {NumberFormat::bf16, 30}};
  return ids.at(format);
}

// A file as llama.cpp would quantize the model: the tensors of the mix under their names.
void writeTensors(GgufWriter& w, const Model& model, GgufFileType type) {
  const GgufInventory inventory = ggufInventory(model);
  std::map<std::string, int> seen;
  for (const GgufStored& t : ggufMix(inventory, type)) {
    std::string name = t.layer < 0 ? std::string(t.tensor->name)
                                   : "blk." + std::to_string(t.layer) + "." + std::string(t.tensor->name);
    if (const int n = seen[name]++; n > 0) name += "." + std::to_string(n);
    w.tensor(name, {t.tensor->ne[0], t.tensor->ne[1], t.tensor->ne[2]}, typeId(t.format),
             static_cast<std::uint64_t>(t.bytes.value()));
  }
}

void writeLlama(GgufWriter& w) {
  w.text("general.architecture", "llama");
  w.u32("general.file_type", 15);
  for (const auto& [key, value] : std::map<std::string, std::uint32_t>{{"block_count", 32},
                                                                       {"context_length", 131072},
                                                                       {"embedding_length", 4096},
                                                                       {"feed_forward_length", 14336},
                                                                       {"attention.head_count", 32},
                                                                       {"attention.head_count_kv", 8},
                                                                       {"rope.dimension_count", 128}})
    w.u32("llama." + key, value);
}

Scenario ask(std::shared_ptr<const Model> model, WeightFormat weights) {
  Scenario s;
  s.model = std::move(model);
  s.engine = Engine::llama_cpp;
  s.precision.weights = weights;
  s.context = 8192;
  return s;
}

TEST(Gguf, AFileGivesTheSameModelAndTheSameEstimateAsItsConfiguration) {
  const auto known = catalogueModel("meta-llama/Llama-3.1-8B");
  ASSERT_TRUE(known) << known.error().text();
  GgufWriter w;
  writeLlama(w);
  writeTensors(w, **known, GgufFileType::Q4_K_M);
  const Folder folder;
  const auto read = modelFromGgufFile(folder.sparse("llama.gguf", w));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->parameters, (*known)->parameters);
  EXPECT_EQ(read->storedBytes, ggufTensorBytes(**known, GgufFileType::Q4_K_M));
  EXPECT_THAT(read->notes, ::testing::IsEmpty());

  const Estimate fromFile = estimate(ask(std::make_shared<Model>(*read), AsStored{}));
  const Estimate fromConfig = estimate(ask(*known, GgufFileType::Q4_K_M));
  EXPECT_EQ(fromFile.heaviest().device, fromConfig.heaviest().device);
  EXPECT_EQ(fromFile.host.total(), fromConfig.host.total());
  EXPECT_EQ(fromFile.weightBytes, *read->storedBytes);
}

TEST(Gguf, PartsOfASplitModelAreReadTogether) {
  const auto known = catalogueModel("meta-llama/Llama-3.1-8B");
  ASSERT_TRUE(known);
  const Folder folder;
  const std::vector<GgufStored> mix = [&] {
    static const GgufInventory inventory = ggufInventory(**known);
    return ggufMix(inventory, GgufFileType::Q8_0);
  }();
  std::string first;
  Bytes sum;
  for (std::uint16_t part = 0; part < 2; ++part) {
    GgufWriter w;
    if (part == 0) writeLlama(w);
    w.u16("split.no", part);
    w.u16("split.count", 2);
    for (std::size_t i = part == 0 ? 0 : mix.size() / 2; i < (part == 0 ? mix.size() / 2 : mix.size()); ++i) {
      const GgufStored& t = mix[i];
      const std::string prefix = t.layer < 0 ? "" : "blk." + std::to_string(t.layer) + ".";
      w.tensor(prefix + std::string(t.tensor->name), {t.tensor->ne[0], t.tensor->ne[1]}, typeId(t.format),
               static_cast<std::uint64_t>(t.bytes.value()));
      sum += t.bytes;
    }
    const std::string path = folder.sparse("llama-0000" + std::to_string(part + 1) + "-of-00002.gguf", w);
    if (part == 0) first = path;
  }
  const auto model = modelFromGgufFile(first);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(model->storedBytes, sum);
  fs::remove(first);
  const auto without = modelFromGgufFile(fs::path(first).replace_filename("llama-00002-of-00002.gguf").string());
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error().text(), HasSubstr("00001-of-00002"));
}

TEST(Gguf, AFileWithoutArchitectureOrLayersIsRefused) {
  GgufWriter none;
  none.u32("x", 1);
  EXPECT_FALSE(modelFromGguf(*readGguf(none.file(), "m"), "m", "m"));
  GgufWriter layers;
  layers.text("general.architecture", "llama");
  layers.u32("llama.block_count", 0);
  const auto model = modelFromGguf(*readGguf(layers.file(), "m"), "m", "m");
  ASSERT_FALSE(model);
  EXPECT_THAT(model.error().text(), HasSubstr("block_count"));
}

// None of these loads as a model, so none is sized as one; each is named for what it is.
TEST(Gguf, AFileThatIsNoModelIsNamedForWhatItIs) {
  const auto said = [](const char* type, const char* tensor, bool vocabulary) {
    GgufWriter w;
    w.text("general.architecture", "llama");
    if (*type != 0) w.text("general.type", type);
    w.u32("llama.block_count", 2);
    w.u32("llama.embedding_length", 256);
    if (vocabulary) w.strings("tokenizer.ggml.tokens", 1000, "token");
    if (*tensor != 0) w.tensor(tensor, {256, 4}, 0, 4096);
    const auto model = modelFromGguf(*readGguf(w.file(), "m"), "m", "m");
    return model ? std::string("a model") : model.error().text();
  };
  EXPECT_THAT(said("", "", true), HasSubstr("but a vocabulary without tensors"));
  EXPECT_THAT(said("model", "", false), HasSubstr("it has no tensors"));
  EXPECT_THAT(said("mmproj", "v.patch_embd.weight", false), HasSubstr("but a vision projector"));
  EXPECT_THAT(said("", "v.patch_embd.weight", false), HasSubstr("but a projector of images"));
  EXPECT_THAT(said("adapter", "blk.0.attn_q.weight.lora_a", false), HasSubstr("but an adapter"));
  EXPECT_THAT(said("", "blk.0.attn_q.weight.lora_a", false), HasSubstr("but an adapter"));
  EXPECT_THAT(said("imatrix", "blk.0.attn_q.weight.counts", false), HasSubstr("but an imatrix"));
  EXPECT_THAT(said("", "blk.0.attn_q.weight.in_sum2", false), HasSubstr("but an imatrix"));
  EXPECT_THAT(said("", "direction.1", false), HasSubstr("but a control vector"));
  EXPECT_THAT(said("", "token_embd.weight", true), HasSubstr("no decoder's layers"));
}

}  // namespace
}  // namespace headroom
