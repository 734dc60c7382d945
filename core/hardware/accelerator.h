// Accelerators: what a device holds and what a process may use of it. Entries are data with sources
// (resources/catalogue/accelerators.json), behind them a user's own (core/base/user_files.h); this is their type and
// the look-up. A user's entry whose id already names an accelerator is refused with a warning.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"

namespace headroom {

struct Accelerator {
  std::string id;      // "rtx-4090"
  std::string name;    // "GeForce RTX 4090"
  std::string vendor;  // "NVIDIA"
  std::string architecture;
  std::string segment;  // "consumer", "datacenter", "workstation", "laptop", "apple", …
  std::vector<std::string> aliases;
  double printedGb =
      0;  // as the vendor prints it; binary, as memory chips are: a 24 GB card has 24 GiB less what ECC takes
  std::string memoryType;              // "GDDR6X", "HBM3", …; empty where unknown
  std::optional<Bytes> torchTotal;     // torch.cuda.get_device_properties().total_memory
  std::optional<Bytes> driverTotal;    // nvidia-smi or its like
  std::optional<Bytes> driverReserve;  // what the driver keeps of driverTotal
  bool unifiedMemory = false;
  std::optional<double> usableFraction;  // of a unified memory's printed size, by default
  std::string raisedBy;                  // the setting that raises that share; empty where there is none
  std::optional<double> bandwidthGBs;
  std::optional<double> tflops16;           // dense
  std::optional<double> computeCapability;  // 8.9
  std::optional<bool> bf16, fp8, fp4;
  std::optional<double> tdpWatts;
  int year = 0;
  std::vector<std::string> sources;  // addresses; of a user's entry without one, its file
  bool own = false;                  // a user's entry

  bool operator==(const Accelerator&) const = default;

  // What a process can allocate at most: torch's total if known, else the driver's total less its reserve, else the
  // printed size less that reserve (of a unified memory: its default share). `assumed` is true where the reserve or
  // the total is not on record for this device but taken from its like; `basis` then says what was taken.
  struct Capacity {
    Bytes bytes;
    bool assumed = false;
    std::string_view basis;  // "total seen by torch", …; a literal
  };
  Capacity capacity() const;
};

// A name in lower case, words joined by '-', without the words a driver or a shop puts around it: "rtx-4090".
std::string acceleratorSlug(std::string_view name);

// All entries of the catalogues, in their order. Parsed on first use.
std::span<const Accelerator> accelerators();

// The entries of a catalogue's text, however it is laid out.
std::vector<Accelerator> readAccelerators(std::string_view json);

// The entry with this id, alias or name, or the name a driver prints ("NVIDIA GeForce RTX 4090", "NVIDIA
// A100-SXM4-80GB"); case, punctuation and vendor words do not matter. So does a part of a name that means one card:
// "4090", "w7900". nullptr for an unknown one, and where a part could mean several. Pointers stay valid.
// A known card with another memory size ("rtx-4090-48gb", "apple-m4-max-96gb") is that card with this memory: totals
// and shares that belong to the original size are left out, so that capacity() takes its like's.
const Accelerator* findAccelerator(std::string_view id);

// The cards of other sizes that a name could mean as well as the one it is taken for: "a100" is that of 40 GB and not
// those of 80. Empty where it says a size, or is an id.
std::vector<const Accelerator*> otherSizes(std::string_view id);

// The ids nearest to an unknown one by id, name or alias, best first, at most `count`; none where none is near.
std::vector<std::string_view> nearestAccelerators(std::string_view id, std::size_t count = 3);

// Two sentences for who named an unknown accelerator: that it is unknown, the nearest ones, and what else can be given.
std::string unknownAccelerator(std::string_view id);

}  // namespace headroom
