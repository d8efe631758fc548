// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo/yolo_yaml.h"

#include "core/error.h"
#include "export/findings.h"
#include "export/text/lines.h"
#include "export/text/text_file.h"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>

namespace exporters
{
namespace
{

constexpr std::size_t mostYamlBytes = std::size_t{4} << 20; // a thousand classes are 30 KB

[[noreturn]] void refuse(const std::filesystem::path &file, const std::string &why)
{
    throw core::Error(core::ErrorKind::BadDataset, file.string() + ": " + why);
}

std::optional<int> toClassNumber(const YAML::Node &node)
{
    if (!node.IsScalar())
        return {};
    const std::optional<double> number = toNumber(node.Scalar());
    if (!number || *number < 0 || *number >= mostYoloClasses || *number != int(*number))
        return {};
    return int(*number);
}

class Reader
{
public:
    Reader(const std::filesystem::path &file, Findings &findings)
        : m_file(file), m_findings(findings)
    {
    }

    YoloYaml read()
    {
        const YAML::Node root = YAML::Load(readTextFile(m_file, mostYamlBytes));
        if (!root.IsMap())
            refuse(m_file, "this is no data.yaml, which has \"names\", \"train\" and \"val\".");
        if (const YAML::Node path = root["path"]; path && path.IsScalar())
            m_yaml.path = path.Scalar();
        addSplit("train", root["train"]);
        addSplit("val", root["val"] ? root["val"] : root["validation"]);
        addSplit("test", root["test"]);
        readNames(root["names"]);
        readCount(root["nc"]);
        if (m_yaml.names.empty())
            refuse(m_file,
                   "it names no classes; it needs \"names\", a list or numbers with names.");
        return std::move(m_yaml);
    }

private:
    FindingPlace at(std::string place) { return {m_findings, m_file.string(), std::move(place)}; }

    void addSplit(const std::string &name, const YAML::Node &node)
    {
        YoloYaml::Split split{name, {}};
        if (node && node.IsScalar())
            split.places.push_back(node.Scalar());
        if (node && node.IsSequence()) {
            for (const YAML::Node &place : node) {
                if (place.IsScalar())
                    split.places.push_back(place.Scalar());
                else
                    at(name).error("yaml-place", "a place of pictures is no text; left out.");
            }
        }
        if (node && node.IsMap())
            at(name).error("yaml-place", "is neither a folder nor a list of them; left out.");
        std::erase(split.places, "");
        if (!split.places.empty())
            m_yaml.splits.push_back(std::move(split));
    }

    void readNames(const YAML::Node &node)
    {
        if (node && node.IsSequence()) {
            for (std::size_t i = 0; i < node.size(); ++i)
                addName(YAML::Node(i), node[i]);
        } else if (node && node.IsMap()) {
            for (const auto &entry : node)
                addName(entry.first, entry.second);
        }
    }

    void addName(const YAML::Node &key, const YAML::Node &value)
    {
        const std::optional<int> number = toClassNumber(key);
        if (!number)
            return at("names").error("yaml-names", "a class has no whole number from 0 on; left "
                                                   "out.");
        if (!value.IsScalar() || value.Scalar().empty() || !isUtf8(value.Scalar())) {
            at("names").warning("yaml-names", "class " + std::to_string(*number) +
                                                  " has no text as its name; it is called so.");
            m_yaml.names[*number] = "class " + std::to_string(*number);
        } else if (!m_yaml.names.emplace(*number, value.Scalar()).second) {
            at("names").warning("yaml-names", "class " + std::to_string(*number) +
                                                  " is named twice; the first name stands.");
        }
    }

    void readCount(const YAML::Node &node)
    {
        if (!node || node.IsNull())
            return;
        const std::optional<int> count = toClassNumber(node);
        if (!count)
            return at("nc").warning("yaml-nc", "the number of classes is no number; ignored.");
        if (m_yaml.names.empty()) {
            for (int i = 0; i < *count; ++i)
                m_yaml.names[i] = "class " + std::to_string(i);
        } else if (std::size_t(*count) != m_yaml.names.size()) {
            at("nc").warning("yaml-nc", "says " + std::to_string(*count) + " classes, but there " +
                                            "are names for " + std::to_string(m_yaml.names.size()) +
                                            "; training refuses that.");
        }
    }

    const std::filesystem::path &m_file;
    Findings &m_findings;
    YoloYaml m_yaml;
};

/// JSON's strings are YAML's, too.
std::string quoted(const std::string &text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

YoloYaml readYoloYaml(const std::filesystem::path &file, Findings &findings)
{
    try {
        return Reader(file, findings).read();
    } catch (const YAML::Exception &error) {
        refuse(file, "this is no YAML at line " + std::to_string(error.mark.line + 1) + ": " +
                         error.msg + ".");
    }
}

YoloYaml readYoloClasses(const std::filesystem::path &file)
{
    YoloYaml yaml;
    forEachLine(readTextFile(file, mostYamlBytes), [&](std::size_t number, std::string_view line) {
        const int index = int(number) - 1;
        const bool isName = !wordsOf(line).empty() && isUtf8(line);
        yaml.names[index] = isName ? std::string(line) : "class " + std::to_string(index);
    });
    if (yaml.names.empty())
        refuse(file, "it names no classes; it needs one a line.");
    return yaml;
}

std::string yoloYamlText(const std::vector<core::Category> &categories,
                         const std::vector<std::string> &splits)
{
    const auto placeOf = [&](const std::string &split) {
        const bool isThere = std::ranges::find(splits, split) != splits.end();
        return "images/" + (isThere || splits.empty() ? split : splits.front());
    };
    // Without "path" every program takes the folder of this file, wherever it is moved.
    std::string text = "# Made with Maskwright " MASKWRIGHT_VERSION "\n";
    text += "train: " + placeOf("train") + "\nval: " + placeOf("val") + "\n";
    if (std::ranges::find(splits, "test") != splits.end())
        text += "test: images/test\n";
    text += "nc: " + std::to_string(categories.size()) + "\nnames:\n";
    for (std::size_t i = 0; i < categories.size(); ++i)
        text += "  " + std::to_string(i) + ": " + quoted(categories[i].name) + '\n';
    return text;
}

} // namespace exporters
