// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <nlohmann/json_fwd.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace exporters
{

/// The keys of `element` that are not among `known`, as text; empty when there are none.
core::ForeignKeys foreignKeysOf(const nlohmann::json &element,
                                std::initializer_list<std::string_view> known);

/// The same from the text of an object, which must be JSON: order, numbers and all stay as they are
/// written.
core::ForeignKeys foreignKeysIn(std::string_view object,
                                std::initializer_list<std::string_view> known);

/// The text of `element` and, behind its own keys, of those that it does not have itself, as they
/// are written. Throws nlohmann's type_error for text of `element` that is not UTF-8.
std::string withForeignKeys(const nlohmann::ordered_json &element, const core::ForeignKeys &keys);

/// As an object, in order (a thousand and more: sorted); empty without any, or if it is no object.
nlohmann::ordered_json foreignKeys(const core::ForeignKeys &text);

/// Puts one more among them, or in the place of one of that name. What is not UTF-8 is replaced.
void setForeignKey(core::ForeignKeys &keys, std::string_view key,
                   const nlohmann::ordered_json &value);

/// Adds to `element` those that it does not have itself; for what stands within an element, where
/// withForeignKeys() is not at hand.
void addForeignKeys(nlohmann::ordered_json &element, const core::ForeignKeys &keys);

/// `ours`, and those of `theirs` that are not among them.
core::ForeignKeys joinedForeignKeys(const core::ForeignKeys &ours, const core::ForeignKeys &theirs);

} // namespace exporters
