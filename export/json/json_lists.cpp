// SPDX-License-Identifier: Apache-2.0
#include "export/json/json_lists.h"

#include "core/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace exporters
{
namespace
{

const JsonList *findList(std::span<const JsonList> lists, std::string_view name)
{
    const auto list = std::ranges::find(lists, name, &JsonList::name);
    return list == lists.end() ? nullptr : &*list;
}

/// The list is open.
void readList(JsonSource &source, const std::filesystem::path &file, const JsonList &list)
{
    while (const std::optional<JsonPiece> element = source.nextElement()) {
        if (!list.onElement)
            continue;
        nlohmann::json value;
        try {
            value = parseJson(file, *element);
        } catch (const EntryError &error) {
            if (!list.onBroken)
                throw;
            list.onBroken(source.index(), error);
            continue;
        }
        list.onElement(source.index(), value);
    }
}

} // namespace

std::vector<std::string> readJsonLists(const std::filesystem::path &file,
                                       std::span<const JsonList> lists, std::stop_token stop,
                                       const ReadProgress &progress)
{
    std::vector<std::string> found;
    JsonSource source(file, std::move(stop), progress);
    if (source.isList()) {
        const JsonList *list = findList(lists, "");
        if (list == nullptr)
            throw core::Error(core::ErrorKind::BadDataset,
                              file.string() + " is a bare list; an annotation file is an object "
                                              "with lists in it.");
        found.push_back(list->name);
        readList(source, file, *list);
        return found;
    }
    while (const std::optional<std::string> key = source.nextKey()) {
        const JsonList *list = key->empty() ? nullptr : findList(lists, *key);
        if (list == nullptr) {
            source.skip();
            continue;
        }
        if (!source.openList())
            throw core::Error(core::ErrorKind::BadDataset,
                              file.string() + " has something else than a list under \"" + *key +
                                  "\".");
        found.push_back(*key);
        readList(source, file, *list);
    }
    return found;
}

} // namespace exporters
