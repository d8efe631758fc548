// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ui
{

struct ServiceStatus;

/// Versions of the program and of what it runs on, ready to be copied into a report.
class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    AboutDialog(const ServiceStatus &status, const QString &libraries, QWidget *parent);
};

} // namespace ui
