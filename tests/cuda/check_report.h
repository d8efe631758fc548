// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>

/// Lines of a table that are printed as they come and kept for a JSON file. A line with a limit is
/// a check, one without is a measurement.
class CheckReport
{
public:
    void section(const std::string &name)
    {
        m_section = name;
        std::printf("\n%s\n", name.c_str());
    }

    void measured(const std::string &what, double value, const std::string &unit)
    {
        add(what, value, unit, {});
    }
    void atMost(const std::string &what, double value, double limit, const std::string &unit = "")
    {
        add(what, value, unit, {{"limit", limit}, {"passed", value <= limit}});
    }
    void atLeast(const std::string &what, double value, double limit, const std::string &unit = "")
    {
        add(what, value, unit, {{"atLeast", limit}, {"passed", value >= limit}});
    }
    void failed(const std::string &what, const std::string &why)
    {
        std::printf("  %-52s FAIL: %s\n", what.c_str(), why.c_str());
        m_rows.push_back({{"section", m_section}, {"what", what}, {"passed", false}, {"why", why}});
        ++m_failures;
    }

    int failures() const { return m_failures; }
    void write(const std::string &file) const { std::ofstream(file) << m_rows.dump(1) << '\n'; }

private:
    void add(const std::string &what, double value, const std::string &unit, nlohmann::json row)
    {
        const bool isCheck = row.contains("passed");
        const bool passed = !isCheck || row["passed"].get<bool>();
        std::printf("  %-52s %12.5g %-8s %s\n", what.c_str(), value, unit.c_str(),
                    !isCheck ? ""
                    : passed ? "PASS"
                             : "FAIL");
        std::fflush(stdout);
        row["section"] = m_section;
        row["what"] = what;
        row["value"] = std::isfinite(value) ? nlohmann::json(value) : nlohmann::json("not finite");
        row["unit"] = unit;
        m_rows.push_back(std::move(row));
        m_failures += passed ? 0 : 1;
    }

    std::string m_section;
    nlohmann::json m_rows = nlohmann::json::array();
    int m_failures = 0;
};
