// Builds a run's graph layer by layer. Internal to the llama.cpp replay; the methods' bodies are in
// llama_cpp_graph_model.cpp, …_attention.cpp, …_mlp.cpp and …_state.cpp.
#pragma once

#include <map>
#include <string_view>

#include "core/estimate/serving/llama_cpp/run.h"

namespace headroom::llama {

class Builder {
 public:
  Builder(const Run& run, std::int64_t tokens, std::int64_t outputs)
      : run_(run), traits_(run.file->traits), tokens_(tokens), outputs_(outputs) {}
  Graph build();

 private:
  // What a cache's layers read besides keys and values.
  struct CacheInputs {
    Id keyRows = kNone, valueRows = kNone, mask = kNone, keyRotation = kNone, valueRotation = kNone;
  };
  struct LayerCache {
    Id k = kNone, v = kNone;
  };

  // Model.
  Id given(NumberFormat type, Shape ne);  // a tensor that is passed in
  Id embed();
  Id embedMixed(Id table, Id tokens);
  void makeInputs();
  Id layer(std::size_t il, Id x);
  Id mixer(std::size_t il, Id normed);
  Id head(Id x);
  Graph buildNextToken();
  bool lateRows() const;
  bool last(std::size_t il) const { return il + 1 == decoderLayers(); }
  std::size_t decoderLayers() const;

  // Weights of a layer (or, with global(), of the model); kNone where the file has none of that name.
  Id weight(std::size_t il, std::string_view name);
  Id global(std::string_view name);
  Id normWeight(std::size_t il, std::int64_t width);
  Id addBias(std::size_t il, std::string_view name, Id x);
  Id project(std::size_t il, std::string_view name, std::string_view bias, Id x);
  Id norm(Id x, int il, bool weighted = true);

  // Attention.
  Id attention(std::size_t il, Id x);
  Id borrowingAttention(std::size_t il, Id q);
  Id gatedAttention(std::size_t il, Id x);
  Id latentAttention(std::size_t il, Id x);
  Id attend(std::size_t il, Id q, Id k, Id v, Id valueUp, bool latent);
  Id softmaxAttention(std::size_t il, Id q, Id k, Id v, Id mask, Id sinks, Id valueUp);
  Id flashAttention(Id q, Id k, Id v, Id mask, Id sinks, Id valueUp);
  Id rotate(Id x, Id rotation);  // Walsh–Hadamard rotation of quantized caches
  void storeKeys(const LayerCache& cache, Id k, Id rows);
  void storeValues(const LayerCache& cache, Id v, Id rows);
  Id cachedKeys(std::size_t il, const LayerCache& cache);
  Id cachedValues(std::size_t il, const LayerCache& cache);
  LayerCache cacheOf(std::size_t il);
  bool ropeIn(std::size_t il) const;
  CacheInputs makeCacheInputs(bool window);
  std::int64_t widestValue() const;
  Id ropeFactors(std::size_t il);

  // Sparse attention over the cells that an indexer scores highest (graph_indexer.cpp).
  void makeIndexInputs();
  bool indexes(std::size_t il) const;
  Id chooseCells(std::size_t il, Id x, Id low);
  Id maskOfChosen(Id mask);

  // Sparse attention over blocks of positions (graph_blocks.cpp).
  bool choosesBlocks(std::size_t il) const;
  void makeBlockInputs();
  Id blockAttention(std::size_t il, Id x, Id q, Id k, Id v);
  Id scoredBlocks(Id queries, Id keys, Id bias, std::int64_t stream);
  Id maskOfBlocks(Id chosen, Id bias, std::int64_t heads, std::int64_t stream);
  Id streamOf(Id x, Shape ne, int dimension, std::int64_t each, std::int64_t stream);

  // MLP.
  Id mlp(std::size_t il, Id x);
  Id dense(std::size_t il, Id x, std::string_view suffix);
  Id experts(std::size_t il, Id x, Id logits = kNone);  // logits: of a router of its own
  bool mergesExperts() const;
  Id mergedExperts(std::size_t il);
  Id separateExperts(std::size_t il, Id in, Id chosen);
  Id chooseExperts(Id logits, Id probabilities, std::size_t il);
  Id groupLimited(Id scores);

  // Gemma 3n and Gemma 4 (llama_cpp_graph_gemma.cpp).
  Id slice(Id x, std::int64_t index);
  Id magnitude(Id x);
  Id lookUpLayers();
  Id perLayerInputs(Id x);
  Id perLayerBranch(std::size_t il, Id x);
  Id gemma4Experts(std::size_t il, Id attended);
  Id gemma4Layer(std::size_t il, Id x);
  Id spreadCopies(Id x);
  Id mergeCopies(Id x);
  Id modalities(std::size_t il, Id x);
  Id predictCopies(std::size_t il, Id x);
  Id correctCopies(std::size_t il, Id predictions, Id activated);
  Id sparseGate(Id x);
  Id gemma3nLayer(std::size_t il, Id x);

  // Recurrent mixers.
  Id mamba1(std::size_t il, Id x);
  Id mamba2(std::size_t il, Id x);
  Id deltaNet(std::size_t il, Id x);
  Id shortConv(std::size_t il, Id x);
  Id readState(Id cache, std::int64_t size);
  void prepareState(Id states);
  Id noneBehind(Id gathered, std::int64_t size);
  void keepExtra(Id cache, Id extra, std::int64_t size);
  void keepExtraStates(Id cache, Id states, std::int64_t size);
  Id shortConvolution(Id cache, Id x, std::int64_t channels, std::int64_t kernel);

  // The same as of 2025-02 (llama_cpp_graph_2025.cpp).
  CacheInputs oldCacheInputs();
  Id oldAttention(std::size_t il, Id x);
  Id oldLatentAttention(std::size_t il, Id x);
  Id oldAttend(std::size_t il, Id q, Id k, Id v);
  Id oldMamba(std::size_t il, Id x);
  Id oldState(Id cache, std::int64_t size);
  Id oldGate(Id gate, Id up);
  Id oldFusedGate(Id both);

  const Run& run_;
  const Traits& traits_;
  std::int64_t tokens_, outputs_;
  std::int64_t perSequence() const { return tokens_ / run_.sequences; }
  Graph g_;
  Id embedded_ = kNone, positions_ = kNone, temperature_ = kNone, outputRows_ = kNone, stateCopy_ = kNone,
     stateMain_ = kNone, stateExtra_ = kNone, stateTail_ = kNone;
  Id perLayer_ = kNone, perLayerRows_ = kNone;
  CacheInputs base_, window_, index_;
  struct BlockInputs {
    Id bias = kNone, positions = kNone, slots = kNone, blockOfCell = kNone, mask = kNone;
  } blocks_;
  Id chosen_ = kNone;  // cells the layer attends to; kNone: all
  std::vector<LayerCache> caches_;
  std::map<std::pair<int, std::size_t>, Id> weights_;  // by layer (−1: global) and tensor
};

}  // namespace headroom::llama
