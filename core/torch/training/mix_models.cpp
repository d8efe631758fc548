// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/mix_models.h"

#include "core/error.h"
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
    const compact::CompactModel other = load(second);
    if (!haveSameLayers(model, other))
        throw Error(ErrorKind::BadCheckpoint,
                    first.string() + " and " + second.string() +
                        " have layers of different sizes. Only models of one training can be "
                        "mixed: choose two passes, the later begun with the earlier (--from).");
    mixWeights(model, other, share);
    compact::saveCompactModel(out, model);
}

} // namespace core
