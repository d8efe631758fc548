// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/findings.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exporters
{

/// The whole of a text file, without the mark that some editors put at its beginning. Throws
/// core::Error(FileNotFound, FileUnreadable), and BadDataset for more than `mostBytes`.
std::string readTextFile(const std::filesystem::path &file,
                         std::size_t mostBytes = std::size_t{256} << 20);

/// Each line without its end, be it \n or \r\n, and its number from 1 on.
void forEachLine(std::string_view text,
                 const std::function<void(std::size_t number, std::string_view line)> &visit);

/// What lies between spaces and tabs.
std::vector<std::string_view> wordsOf(std::string_view line);

/// The whole word as a finite number; none otherwise.
std::optional<double> toNumber(std::string_view word);

bool isUtf8(std::string_view text);

/// With so many decimals, but no zeros at their end: "0.25".
std::string toText(double number, int decimals);

/// A place in a file at which something may be found wrong.
class FindingPlace
{
public:
    FindingPlace(Findings &findings, std::string file, std::string place)
        : m_findings(findings), m_file(std::move(file)), m_place(std::move(place))
    {
    }
    void error(std::string rule, std::string sentence) const
    {
        m_findings.add({Severity::Error, std::move(rule), m_file, m_place, std::move(sentence)});
    }
    void warning(std::string rule, std::string sentence) const
    {
        m_findings.add({Severity::Warning, std::move(rule), m_file, m_place, std::move(sentence)});
    }

private:
    Findings &m_findings;
    std::string m_file;
    std::string m_place;
};

} // namespace exporters
