// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace exporters
{

/// Reads the fields of one object of an annotation file. Every failure is an EntryError that begins
/// with `where`, as in: t.json: annotations[3] has no "image_id".
class JsonFields
{
public:
    /// Throws when `element` is no object. Both must outlive this.
    JsonFields(const nlohmann::json &element, std::string where);

    const std::string &where() const { return m_where; }
    const nlohmann::json &element() const { return m_element; }

    /// `rule`: stable, for programs.
    [[noreturn]] void refuse(const std::string &why, const char *rule = "bad-value") const;

    /// Null when there is no such key, or a null in it.
    const nlohmann::json *find(const char *key) const;

    /// 0 to 2^62; whole numbers written as 12.0 count, too.
    core::Id id(const char *key) const;
    /// One that a picture and its masks can have.
    core::Size size(const char *width, const char *height) const;
    std::string text(const char *key) const;
    std::string textOr(const char *key, const char *otherwise) const;
    /// true, false, 0, 1, or not there, which means false.
    bool flag(const char *key) const;

    /// A whole number of any kind in `value`. `what` names it in the error.
    std::int64_t integer(const nlohmann::json &value, const std::string &what) const;
    std::vector<double> numbers(const nlohmann::json &value, const std::string &what) const;

private:
    const nlohmann::json &require(const char *key) const;

    const nlohmann::json &m_element;
    std::string m_where;
};

} // namespace exporters
