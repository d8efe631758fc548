// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/checked_weights.h"

#include "core/error.h"
#include "core/torch/checkpoint/shape_text.h"

#include <cmath>

namespace core
{

namespace
{

/// Up to five complaints in one sentence, and how many more there are.
std::string joined(const std::vector<std::string> &complaints)
{
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < complaints.size() && i < most; ++i)
        text += (i == 0 ? "" : "; ") + complaints[i];
    if (complaints.size() > most)
        text += "; and " + std::to_string(complaints.size() - most) + " more";
    return text;
}

/// A sum is NaN or infinite as soon as one element is, and costs one pass at the speed of the
/// memory. Large finite weights may overflow it in float32; float64 then decides.
bool isFinite(const torch::Tensor &tensor)
{
    if (!tensor.is_floating_point())
        return true;
    if (std::isfinite(tensor.sum(torch::kFloat32).item<float>()))
        return true;
    return std::isfinite(tensor.to(torch::kFloat64).sum().item<double>());
}

} // namespace

void checkTensors(const StateDict &tensors,
                  const std::map<std::string, std::vector<std::int64_t>> &expected,
                  const std::string &checkpointName, const std::string &architecture)
{
    std::vector<std::string> complaints;
    for (const auto &[name, shape] : expected) {
        const auto found = tensors.find(name);
        if (found == tensors.end())
            complaints.push_back("\"" + name + "\" " + shapeText(shape) + " is missing");
        else if (found->second.sizes() != torch::IntArrayRef(shape))
            complaints.push_back("\"" + name + "\" should be " + shapeText(shape) + " and is " +
                                 shapeText(found->second.sizes()));
        else if (!found->second.is_floating_point())
            complaints.push_back("\"" + name + "\" does not hold floating-point numbers");
    }
    for (const auto &[name, tensor] : tensors)
        if (!expected.contains(name))
            complaints.push_back("\"" + name + "\" " + shapeText(tensor.sizes()) +
                                 " is not expected");
    if (!complaints.empty())
        throw Error(ErrorKind::BadCheckpoint, checkpointName + " does not fit " + architecture +
                                                  ": " + joined(complaints) + ".");
}

void refuseNonFinite(const StateDict &tensors, const std::string &checkpointName)
{
    for (const auto &[name, tensor] : tensors)
        if (!isFinite(tensor))
            throw Error(ErrorKind::BadCheckpoint,
                        checkpointName + " holds NaN or infinite numbers in \"" + name +
                            "\"; its training went wrong or the file is damaged.");
}

StateDict withoutPrefix(StateDict tensors, const std::string &anchor)
{
    if (tensors.contains(anchor))
        return tensors;
    std::string prefix;
    for (const auto &[name, tensor] : tensors)
        if (name.ends_with("." + anchor))
            prefix = name.substr(0, name.size() - anchor.size());
    if (prefix.empty())
        return tensors;
    StateDict result;
    for (auto &[name, tensor] : tensors)
        result.emplace(name.starts_with(prefix) ? name.substr(prefix.size()) : name,
                       std::move(tensor));
    return result;
}

} // namespace core
