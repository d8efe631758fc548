// SPDX-License-Identifier: Apache-2.0
#include "export/formats/label_studio/label_studio_choice.h"

#include <nlohmann/json.hpp>

namespace exporters
{
namespace
{

using Json = nlohmann::json;

bool is(const Json &annotation, const char *flag)
{
    const auto found = annotation.find(flag);
    return found != annotation.end() && found->is_boolean() && found->get<bool>();
}

/// Null: there is none, or it is no list.
const Json *listIn(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? &*found : nullptr;
}

} // namespace

LabelStudioChoice chooseAnnotation(const Json &task)
{
    LabelStudioChoice choice;
    for (const char *key : {"annotations", "completions"}) { // the second is what old versions say
        const Json *annotations = listIn(task, key);
        for (std::size_t i = 0; annotations != nullptr && i < annotations->size(); ++i) {
            const Json &annotation = (*annotations)[i];
            if (!annotation.is_object() || is(annotation, "was_cancelled"))
                continue;
            const Json *results = listIn(annotation, "result");
            if (results == nullptr)
                continue;
            ++choice.count;
            const bool isTruth = is(annotation, "ground_truth");
            if (choice.results == nullptr || (isTruth && !choice.isGroundTruth)) {
                choice.results = results;
                choice.isGroundTruth = isTruth;
            }
        }
    }
    const Json *predictions = listIn(task, "predictions");
    choice.hasPredictions =
        predictions != nullptr && !predictions->empty() && predictions->front().is_object();
    return choice;
}

} // namespace exporters
