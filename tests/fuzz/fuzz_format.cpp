// SPDX-License-Identifier: Apache-2.0
// One program for each format: FUZZED_FORMAT is its name.
#include "png_checksums.h"
#include "read_packed.h"

#include <cstdint>
#include <cstdlib>
#include <unistd.h>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size,
                                               std::size_t most, unsigned)
{
    const std::size_t changed = LLVMFuzzerMutate(data, size, most);
    fuzz::mendPngChecksums({data, changed});
    return changed;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // Memory is quicker than a disk and is not worn.
    static const std::filesystem::path folder =
        "/dev/shm/fuzz-" FUZZED_FORMAT "-" + std::to_string(::getpid());
    fuzz::readPacked(FUZZED_FORMAT, {reinterpret_cast<const char *>(data), size}, folder);
    return 0;
}
