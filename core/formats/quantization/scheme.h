// A quantization_config in one shape, whichever tool wrote it: which modules are converted, to what layout, and what a
// reader does not know about it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/config/config.h"
#include "core/formats/quantization/layouts.h"
#include "core/formats/quantization/module_pattern.h"
#include "core/model/model.h"

namespace headroom {

// The layout of a module of these output and input features.
using MakeLayout = std::function<WeightLayout(std::int64_t rows, std::int64_t columns)>;

// What `targets` names (everything the scheme reaches, where it is empty).
struct QuantizedGroup {
  MakeLayout make;  // empty: the group leaves its targets as they are
  ModulePatterns targets{{}};
  bool everything = true;  // no targets are stated
  bool expertsOnly = false;
  bool byName = false;  // a module that is named is converted even where the scheme does not go by itself
  // Which modules of which layers, where no names say it.
  std::function<bool(const Model&, const Tensor&, std::size_t layer)> chooses;
};

// Which modules a loader replaces, beside what its lists say.
struct Reach {
  bool towers = true;          // Linears of the vision tower and the projector too
  bool outside = true;         // Linears outside the decoder's blocks too, the head among them
  bool conv1d = false;         // GPT-2's transposed Linears
  bool exactLinear = false;    // Transformers 5 converts nn.Linear itself only, none of its subclasses
  bool packsExperts = false;   // Transformers 5 has a class for experts that are one parameter
  bool packsExperts4 = false;  // so has Transformers 4
  bool partsExperts = false;   // Llama 4's experts are made modules first (MODULES_TO_PATCH_FOR_QUANTIZATION)
  bool embeddings = false;     // token embeddings as well, and routers
  bool mlx = false;            // what mlx-lm's classes make modules of, embeddings among them (mlx_modules.h)
};

// When the head, tied weights and the last parameter's module stay as they are without being named.
enum class Defaults : std::uint8_t { unless_listed, always, never };

struct QuantizationScheme {
  std::string method;
  std::vector<QuantizedGroup> groups;  // the first that fits counts
  std::vector<std::string> notConverted;
  bool listed = false;  // the configuration has such a list, be it empty
  Defaults defaults = Defaults::unless_listed;
  Matching in4 = Matching::substring, in5 = Matching::components;  // how the releases of Transformers match that list
  Reach reach;
  std::optional<NumberFormat> linear4, bias4;  // Transformers 4 holds skipped Linears and biases in this
  std::optional<NumberFormat> biasLoaded;      // both releases hold the biases of converted modules in this
  std::optional<WeightLayout> tiedHead;        // stored beside a tied embedding
  std::optional<WeightLayout> head;            // of the head, where it has a layout of its own
  std::optional<NumberFormat> kvCache;
  std::vector<std::string> doubts;  // what is not known; the bits that were told are counted
};

// What a reader of one method is given: the section, the configuration's text (for the order of its keys), the model.
struct SchemeSource {
  const Config& section;
  const Config& owner;
  const Model& model;
};

// The scheme of a quantization_config; nothing for one that stores weights in the dtype.
std::optional<QuantizationScheme> schemeOf(const SchemeSource& source);

// The readers of the methods, by family of tools; false where the section says nothing that can be counted.
bool readGptq(const SchemeSource& source, QuantizationScheme& out);
bool readAwq(const SchemeSource& source, QuantizationScheme& out);
bool readAutoRound(const SchemeSource& source, QuantizationScheme& out);
bool readMlx(const SchemeSource& source, QuantizationScheme& out);
bool readCompressedTensors(const SchemeSource& source, QuantizationScheme& out);
bool readModelOpt(const SchemeSource& source, QuantizationScheme& out);
bool readQuark(const SchemeSource& source, QuantizationScheme& out);
bool readBitsAndBytes(const SchemeSource& source, QuantizationScheme& out);
bool readFp8(const SchemeSource& source, QuantizationScheme& out);
bool readFbgemm(const SchemeSource& source, QuantizationScheme& out);
bool readEetq(const SchemeSource& source, QuantizationScheme& out);
bool readQuanto(const SchemeSource& source, QuantizationScheme& out);
bool readTorchAo(const SchemeSource& source, QuantizationScheme& out);
bool readHqq(const SchemeSource& source, QuantizationScheme& out);
bool readFpQuant(const SchemeSource& source, QuantizationScheme& out);
bool readMxfp4(const SchemeSource& source, QuantizationScheme& out);
bool readBitNet(const SchemeSource& source, QuantizationScheme& out);
bool readHiggs(const SchemeSource& source, QuantizationScheme& out);
bool readAqlm(const SchemeSource& source, QuantizationScheme& out);
bool readVptq(const SchemeSource& source, QuantizationScheme& out);
bool readSpqr(const SchemeSource& source, QuantizationScheme& out);
bool readExl3(const SchemeSource& source, QuantizationScheme& out);
bool readExl2(const SchemeSource& source, QuantizationScheme& out);
// Anything else that states bits: they are counted, and what is not known is said.
bool readStatedBits(const SchemeSource& source, QuantizationScheme& out);

// A group of everything with the same layout whatever the shape.
QuantizedGroup groupOf(WeightLayout layout);
QuantizedGroup groupOf(WeightLayout layout, const std::vector<std::string>& targets);
QuantizedGroup leftAlone(const std::vector<std::string>& targets);

// A group size as files state it: -1 and nothing are 0, a group as long as the row.
std::int64_t groupSizeOf(const Config& c, std::int64_t fallback);
std::string escapedName(std::string_view name);  // of a module, for an expression

}  // namespace headroom
