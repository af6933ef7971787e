/// An evaluator from outside: what it finds and draws appears in report, page and terminal by itself.
package com.example.majority;
