// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/mix_models.h"

#include "core/torch/compact/compact_file.h"
#include "core/torch/training/weights.h"

namespace core
{
namespace
{

compact::CompactModel load(const std::filesystem::path &file)
{
    return compact::compactModelFrom(readCheckpoint(file), file.string());
}

} // namespace

void mixModels(const std::filesystem::path &first, const std::filesystem::path &second,
               double share, const std::filesystem::path &out)
{
    compact::CompactModel model = load(first);
    mixWeights(model, load(second), share);
    compact::saveCompactModel(out, model);
}

} // namespace core
