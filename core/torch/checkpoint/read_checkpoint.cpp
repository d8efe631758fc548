// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/file/mapped_file.h"
#include "core/torch/checkpoint/pth.h"
#include "core/torch/checkpoint/safetensors.h"
#include "core/torch/checkpoint/zip_directory.h"

namespace core
{

StateDict readCheckpoint(const std::filesystem::path &file)
{
    const auto mapped = MappedFile::open(file);
    const auto bytes = mapped->bytes();
    const std::string name = file.string();
    if (bytes.empty())
        throw Error(ErrorKind::BadCheckpoint, name + " is empty; copy or download it again.");
    if (looksLikeSafetensors(bytes))
        return readSafetensors(bytes, name, mapped, nullptr);
    if (looksLikeZip(bytes))
        return readZipPth(bytes, name, mapped);
    if (looksLikeLegacyPth(bytes))
        return readLegacyPth(bytes, name, mapped);
    throw Error(ErrorKind::BadCheckpoint,
                name + " is no checkpoint the program reads; it reads .safetensors and .pth.");
}

} // namespace core
