// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/mask.h"
#include "export/findings.h"
#include "export/format.h"
#include "export/maps/png_writer.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// A folder for a test's files, gone with it.
class DatasetFolder
{
public:
    std::filesystem::path path(const std::string &name = {}) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    void write(const std::string &name, const std::string &text) const
    {
        std::filesystem::create_directories(path(name).parent_path());
        std::ofstream(path(name), std::ios::binary) << text;
    }
    void picture(const std::string &name, core::Size size) const
    {
        std::filesystem::create_directories(path(name).parent_path());
        exporters::writePng(core::Mask(size), path(name)); // pictures are told apart by content
    }
    std::string read(const std::string &name) const
    {
        std::ifstream in(path(name), std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        return in ? text.str() : "unreadable";
    }
    bool has(const std::string &name) const { return std::filesystem::exists(path(name)); }

private:
    QTemporaryDir m_folder;
};

/// "rule place" of each, such as "yolo-class line 2".
inline std::vector<std::string> rulesOf(const exporters::Findings &findings)
{
    std::vector<std::string> rules;
    for (const exporters::Finding &finding : findings.told())
        rules.push_back(finding.rule + (finding.place.empty() ? "" : ' ' + finding.place));
    return rules;
}

inline std::size_t lossOf(const exporters::WriteSummary &summary, std::string_view beginning)
{
    std::size_t count = 0;
    for (const exporters::Loss &loss : summary.losses)
        count += loss.what.starts_with(beginning) ? loss.count : 0;
    return count;
}
